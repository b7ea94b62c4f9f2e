/**
 * Where Outlook on the web says who somebody is: ids and data attributes first, rotating classes last.
 * Gathered 2026-11 from public extensions and scripts, which are named; no page of Outlook is captured.
 */
export const selectors = {
  /** What people wrote and write: bodies, quotes, the editor with its mentions (amarnai, JAWS script 18180328450). */
  body: [
    '[role=document]',
    '[id^="UniqueMessageBody"]',
    '#divRplyFwdMsg',
    '[id^="editorParent_"]',
    'blockquote',
  ],

  /** The open conversation or, in deep links, junk and search, the open message (amarnai, live 2026-07-30). */
  pane: ['#ConversationReadingPaneContainer', '#ItemReadingPaneContainer'],
  /** `CONV_<id>_SUBJECT`, the conversation's heading (PhishLens content script, 2026). */
  subject: ['[id^="CONV_"][id$="_SUBJECT"]'],
  /**
   * Around a sender: by id (three independent tools, 2026), by label, localized ("From: Ann<ann@…>", "Von: …";
   * mailvelope's captured fragments), by test id, by rotating class.
   */
  sender: [
    '[id^="MSG_"][id$="_FROM"]',
    'span[aria-label*="@"]',
    '[data-testid="SenderPersona"]',
    'span.OZZZK',
  ],
  /** Around recipients: by id, by test id (MaxAI, mailvelope). */
  recipients: [
    '[id^="MSG_"][id$="_TO"]',
    '[id^="MSG_"][id$="_CC"]',
    '[id^="MSG_"][id$="_BCC"]',
    '[data-testid="RecipientWell"]',
  ],
  /** One person among those: what opens the contact card (MaxAI, be-v1), or reads itself out (Engramme, 2026). */
  pill: ['[data-lpc-hover-target-id]', '.lpc-hoverTarget', 'span[role=button][aria-label]'],
  /** "+3 others" (JAWS script 18180328450). */
  more: ['[id^="plusOthers"]', '#others'],

  /** A row of the message list: by conversation, also under its listbox alone (id 71028119188, live 2026-08-19). */
  row: ['[role=listbox] [role=option][data-convid]'],
  /** A row's participant: title = address, text = name (several tools, 2024 to 2026). */
  participant: ['span[title*="@"]'],

  /** Where a message is written (be-v1, amarnai; by id since 2022 in a dozen scripts). */
  compose: [
    '[data-app-section="ComposeForm"]',
    '[data-app-section="Form_Content"]',
    '[id^="docking_InitVisiblePart_"]',
  ],
  /** Its fields, in any language (id 70086508265, live 2026-10-07). */
  field: ['[role=group][id$="_TO"]', '[role=group][id$="_CC"]', '[role=group][id$="_BCC"]'],
  /** Without those: what can be written into, the last of which is the body (be-v1). */
  textbox: ['[role=textbox][contenteditable=true]'],
  /** One recipient: the label is the address (id 70086508265, live 2026-10-07), or the hover card's target. */
  chip: ['[class*="_EType_RECIPIENT_ENTITY"]', '[data-lpc-hover-target-id]', '.lpc-hoverTarget'],

  /** The roots of the folder pane: a mailbox's own, or whatever else stands at the top (mailvelope, captured). */
  mailboxRoot: ['[id^="primaryMailboxRoot_"]', '[role=treeitem][aria-level="1"]'],
  /** The folder in view. */
  folder: ['[role=treeitem][aria-selected=true]'],
  /** Who is signed in: "Account manager for Ann ann@example.com" at work, a mere name at home (amarnai). */
  me: ['#O365_MainLink_Me', '#meInitialsButton'],
  /** The account menu, once it was opened (MaxAI, amarnai). */
  currentAccount: ['#mectrl_currentAccount_secondary'],
  otherAccounts: ['[id^="mectrl_rememberedAccount_"][id$="_secondary"]'],
  /** The contact card that the user has opened (id 68428554668, 2026), and its addresses. */
  card: ['[role=dialog][data-log-region="LivePersonaCard"]'],
  cardAddress: ['[data-log-name="Email"]', '[data-log-name="Email"] *', 'a[href^="mailto:"]'],
};

export type OutlookSelectors = Readonly<Record<keyof typeof selectors, readonly string[]>>;
