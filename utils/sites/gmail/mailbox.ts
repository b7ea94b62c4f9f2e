import { addressIn, cleanText } from '../dom.ts';
import { BODY } from './selectors.ts';

/** Google's bar: by id (captured 2016) or by role. */
const BAR = ':is(#gb, [role=banner], header)';
/** The bar's account link (captured 2016 with `title`, 2019 and later with `aria-label`). */
const ACCOUNT_LINK = `${BAR} a[href^="https://accounts.google.com/SignOutOptions"]`;
/** "Google Account: Ann Example (ann@example.com)"; the words before are localized. */
const ADDRESS_IN_LABEL = /([^\s@<>,;"()]+@[^\s@<>,;"()]+)[)\s]*$/u;
/** "Inbox (3) - ann@example.com - Gmail"; the subject of an open mail may hold another address, earlier. */
const ADDRESS_IN_TITLE = /^.* - ([^\s@]+@[^\s@]+) - [^@]+$/u;
/** Old builds (public file, undated). */
const ACCOUNT_META = 'meta[name=og-profile-acct]';
/** In the account menu only, where it is rendered in the page itself (captured 2015). */
const MENU_LINK = `${BAR} a[href^="https://accounts.google.com/AddSession"]`;
/** A switcher's entry: "ann@example.com (default)". That word does not mean the current one. */
const MENU_ENTRY = /^([^\s@]+@[^\s@]+)(?: \([^()]*\))?$/u;
/** `/mail/b/<n>/u/<N>/` (captured 2015), `/mail/u/<N>/d/<id>/` (InboxSDK getAccountUrlPart, 2026-07). */
const DELEGATED_PATH = /^\/mail\/(?:b\/[^/]+\/u\/\d+|u\/\d+\/d\/[^/]+)(?:\/|$)/u;

export interface Mailbox {
  /** The mailbox this page shows; undefined when nothing says so or the readers disagree. */
  account: string | undefined;
  /** Every address of the user that the page shows, lower case. */
  own: Set<string>;
}

/** Whose mailbox this is. */
export function readMailbox(document: Document, url: URL): Mailbox {
  const signedIn = fromLink(document);
  const menu = fromMenu(document);
  const answers = [
    menu.account,
    addressIn(ADDRESS_IN_TITLE.exec(cleanText(document.title))?.[1]),
    addressIn(document.querySelector(ACCOUNT_META)?.getAttribute('content')),
    // In somebody else's mailbox the link still names who is signed in.
    DELEGATED_PATH.test(url.pathname) ? undefined : signedIn,
  ].filter((answer) => answer !== undefined);
  const distinct = new Set(answers.map((answer) => answer.toLowerCase()));
  const own = new Set([...distinct, ...menu.others]);
  if (signedIn !== undefined) own.add(signedIn.toLowerCase());
  return { account: distinct.size === 1 ? answers[0] : undefined, own };
}

function fromLink(document: Document): string | undefined {
  for (const link of document.querySelectorAll(ACCOUNT_LINK)) {
    if (link.closest(BODY)) continue;
    for (const attribute of ['aria-label', 'title']) {
      const address = addressIn(ADDRESS_IN_LABEL.exec(cleanText(link.getAttribute(attribute)))?.[1]);
      if (address !== undefined) return address;
    }
  }
  return undefined;
}

/** The current account stands in the menu as plain text, the others as links to switch to them. */
function fromMenu(document: Document): { account: string | undefined; others: string[] } {
  const others: string[] = [];
  let account: string | undefined;
  const menu = document.querySelector(MENU_LINK)?.closest('[aria-label], [role=dialog]');
  for (const leaf of menu?.querySelectorAll('div, span') ?? []) {
    if (leaf.childElementCount > 0) continue;
    const address = addressIn(MENU_ENTRY.exec(cleanText(leaf.textContent))?.[1]);
    if (address === undefined) continue;
    if (leaf.closest('a')) others.push(address.toLowerCase());
    else account ??= address;
  }
  return { account, others };
}
