/** Where Gmail says who somebody is, the most trusted first, each with its source and the time it was seen. */
export const selectors = {
  /** What people wrote: bodies and quotes. Nothing in there says who is on the page (InboxSDK, 2026-07). */
  body: ['div.ii.gt', 'div.a3s', '.gmail_quote', 'blockquote'],
  /** Old views stay in the page as hidden siblings, so only the visible ones count (InboxSDK, 2026-07). */
  view: ['[role=main]'],
  /** Whoever is named anywhere: by attributes that Gmail's own hover cards use (captured 2014 to 2025). */
  person: ['[email]', '[data-hovercard-id]'],

  /** A row of a list of conversations: one `tr`, in vertical split three (captured 2014 to 2025). */
  row: ['tr.zA'],
  /** The participants of a row (captured 2014 and 2019). */
  participants: ['div.yW'],
  /** Where older builds repeat them, hidden, for screen readers (captured 2014). */
  repeated: ['.afn'],
  /** The cell around both, plain and vertical split (captured 2014 and 2019). */
  cell: ['td.yX', 'td.apy', 'td.apx'],
  /** Advertisements (InboxSDK, 2026-07). */
  ads: ['.am0', '.bvA'],

  /** A conversation is open where there are messages; list rows never carry these ids (amarnai detectThread.ts, 2026-07). */
  messageId: ['[data-legacy-message-id]', '[data-message-id]'],
  /** One message: its list item, or expanded and collapsed by class (InboxSDK, 2026-07; captured 2016 to 2025). */
  message: ['[role=listitem]', 'div.adn', 'div.adf'],
  /** The head's sender cell (InboxSDK gmail-message-view.ts, 2026-07), its heading, its span (captured 2016 to 2025). */
  sender: ['td.gF', 'h3.iw', 'span.gD'],
  /** Beside it the picture and the address in print. */
  picture: ['img.ajn'],
  printed: ['span.go'],
  /** "to me, Ben" (captured 2016 and 2025): all of it, else name by name. */
  recipients: ['.hb'],
  recipient: ['.g2'],

  /** The region of one compose, or what is around it (InboxSDK page-parser.ts, 2026-07; captured 2020). */
  compose: ['div.aoI[role=region]', '[data-compose-id]', '.M9'],
  /** Other things share a compose's classes, but not its fields (captured 2020; `to` lost its name by 2026-05). */
  recipientField: ['[name=to]', '[name=subjectbox]', '[role=combobox]'],
  /**
   * Chips since 2021 (InboxSDK get-recipients.ts, page-parser.ts, 2026-07; by `peoplekit-id` seen 2026-05).
   * Suggestions stand elsewhere or lack `data-name`.
   */
  chip: [':is(.anm [role=listbox], [peoplekit-id]) [role=option][data-hovercard-id][data-name]'],
  /** Chips before 2021, each around a hidden field "Name <address>" (InboxSDK, 2026-07). */
  oldChip: ['.vR > :is(input[name=to], input[name=cc], input[name=bcc])'],
  /** What folds away: the rows of recipients (captured 2020). */
  fields: ['.fX'],
  /** The one-line summary while the fields are folded (FlowCrypt gmail-element-replacer.ts, 2026-08). */
  summary: ['div.az9 span[email]'],
  /** The user's own address or alias this will be sent from (captured 2020). */
  from: ['input[name=from]'],
  /** Where a compose is moved to fill the screen (InboxSDK gmail-element-getter.ts, 2026-07). */
  fullScreen: ['body > .aSs'],

  /** Google's bar: by id (captured 2016) or by role. */
  bar: ['#gb', '[role=banner]', 'header'],
  /** The bar's account link (captured 2016 with `title`, 2019 and later with `aria-label`). */
  accountLink: ['a[href^="https://accounts.google.com/SignOutOptions"]'],
  /** Old builds (public file, undated). */
  accountMeta: ['meta[name=og-profile-acct]'],
  /** In the account menu only, where it is rendered in the page itself (captured 2015). */
  menuLink: ['a[href^="https://accounts.google.com/AddSession"]'],

  /** The print view: whose mailbox it is, and one message with its sender and recipients (public copies, 2019 to 2024). */
  printAccount: ['.bodycontainer > table:first-child td[align=right] b'],
  printMessage: ['.maincontent > table.message'],
  printRecipients: ['.recipient > div'],
};

export type GmailSelectors = Readonly<Record<keyof typeof selectors, readonly string[]>>;
