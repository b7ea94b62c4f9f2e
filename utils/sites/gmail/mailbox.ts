import { addressIn, all, cleanText, onlyOne } from '../dom.ts';
import type { GmailSelectors } from './selectors.ts';

/** "Google Account: Ann Example (ann@example.com)"; the words before are localized. */
const ADDRESS_IN_LABEL = /([^\s@<>,;"()]+@[^\s@<>,;"()]+)[)\s]*$/u;
/** "Inbox (3) - ann@example.com - Gmail"; the subject of an open mail may hold another address, earlier. */
const ADDRESS_IN_TITLE = /^.* - ([^\s@]+@[^\s@]+) - [^@]+$/u;
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
export function readMailbox(document: Document, url: URL, select: GmailSelectors): Mailbox {
  const body = select.body.join();
  const bars = all(document, ...select.bar).filter((bar) => !bar.closest(body));
  const signedIn = fromLink(bars, select);
  const menu = fromMenu(bars, select);
  const answers = [
    menu.account,
    addressIn(ADDRESS_IN_TITLE.exec(cleanText(document.title))?.[1]),
    ...all(document, ...select.accountMeta).map((meta) => addressIn(meta.getAttribute('content'))),
    ...all(document, ...select.printAccount).map((line) => addressIn(line.textContent)),
    // In somebody else's mailbox the link still names who is signed in.
    DELEGATED_PATH.test(url.pathname) ? undefined : signedIn,
  ].filter((answer) => answer !== undefined);
  const own = [...answers, ...menu.others, signedIn ?? []].flat();
  return { account: onlyOne(answers), own: new Set(own.map((address) => address.toLowerCase())) };
}

function fromLink(bars: readonly Element[], { accountLink }: GmailSelectors): string | undefined {
  return bars
    .flatMap((bar) => all(bar, ...accountLink))
    .flatMap((link) => [link.getAttribute('aria-label'), link.getAttribute('title')])
    .map((label) => addressIn(ADDRESS_IN_LABEL.exec(cleanText(label))?.[1]))
    .find((address) => address !== undefined);
}

/** The current account stands in the menu as plain text, the others as links to switch to them. */
function fromMenu(
  bars: readonly Element[],
  { menuLink }: GmailSelectors,
): { account: string | undefined; others: string[] } {
  const others: string[] = [];
  let account: string | undefined;
  const [link] = bars.flatMap((bar) => all(bar, ...menuLink));
  for (const leaf of all(link?.parentElement?.closest('[aria-label], [role=dialog]'), 'div, span')) {
    if (leaf.childElementCount > 0) continue;
    const address = addressIn(MENU_ENTRY.exec(cleanText(leaf.textContent))?.[1]);
    if (address === undefined) continue;
    if (leaf.closest('a')) others.push(address);
    else account ??= address;
  }
  return { account, others };
}
