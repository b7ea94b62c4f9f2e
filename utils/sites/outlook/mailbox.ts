import { addressIn, all, cleanText, onlyOne } from '../dom.ts';
import type { OutlookSelectors } from './selectors.ts';

/** "Account manager for Ann Example ann@example.com"; the words before are localized. */
const ADDRESS_IN_LABEL = /([^\s@<>,;"()]+@[^\s@<>,;"()]+)[)\s]*$/u;
/** "Mail - Ann Example - Outlook" (id 69381211196, 2026); translations write other dashes. */
const NAME_IN_TITLE = /^.+? [-–—] (.+) [-–—] Outlook$/u;
/** `/mail/1/…`: which of the accounts of this browser; none is the first. */
const ACCOUNT_NUMBER = /^\/mail\/(\d+)(?:\/|$)/u;

export interface Mailbox {
  /** The mailbox this page shows; undefined when nothing says so. */
  account: string | undefined;
  /** Every address of the user that the page shows, lower case. */
  own: Set<string>;
  /** Whether a name that stands without an address is the user's own: Outlook leaves that address out. */
  isOwnName: (name: string) => boolean;
}

/** Whose mailbox this is; of a window that Outlook has opened, whose the one is that opened it. */
export function readMailbox(document: Document, url: URL, select: OutlookSelectors): Mailbox {
  const here = mailboxIn(document, select);
  const opener = here.own.size > 0 ? undefined : openerOf(document, url);
  return opener === undefined ? here : mailboxIn(opener, select);
}

function mailboxIn(document: Document, select: OutlookSelectors): Mailbox {
  const labels = outsideMails(document, select, 'me').map((me) => cleanText(me.getAttribute('aria-label')));
  const texts = (name: keyof OutlookSelectors) =>
    outsideMails(document, select, name).flatMap((element) => addressIn(element.textContent) ?? []);
  const signedIn = [
    ...labels.flatMap((label) => addressIn(ADDRESS_IN_LABEL.exec(label)?.[1]) ?? []),
    ...texts('currentAccount'),
  ];
  const roots = outsideMails(document, select, 'mailboxRoot').flatMap((root) => addressOf(root) ?? []);
  const others = texts('otherAccounts');
  const title = NAME_IN_TITLE.exec(cleanText(document.title))?.[1];
  return {
    // The folder pane says what is shown; who is signed in may be looking into somebody else's mailbox.
    account: roots.length > 0 ? (onlyOne(roots) ?? mailboxInView(document, select)) : onlyOne(signedIn),
    own: new Set([...roots, ...signedIn, ...others].map((address) => address.toLowerCase())),
    isOwnName: (name) =>
      name === title || labels.some((label) => label === name || label.endsWith(` ${name}`)),
  };
}

/** What somebody has written to us cannot say whose mailbox this is. */
function outsideMails(document: Document, select: OutlookSelectors, name: keyof OutlookSelectors): Element[] {
  const body = select.body.join();
  return all(document, ...select[name]).filter((element) => !element.closest(body));
}

const addressOf = (root: Element) =>
  addressIn(root.getAttribute('data-folder-name')) ?? addressIn(root.getAttribute('title'));

/** Of several mailboxes in one folder pane, the one whose folder is in view; the root stands before its folders. */
function mailboxInView(document: Document, select: OutlookSelectors): string | undefined {
  const [folder, ...more] = outsideMails(document, select, 'folder');
  if (folder === undefined || more.length > 0) return undefined;
  const before = outsideMails(document, select, 'mailboxRoot').filter(
    (root) => root === folder || root.compareDocumentPosition(folder) & 4,
  );
  const root = before.reduce<Element | undefined>(
    (last, next) => (last && next.compareDocumentPosition(last) & 4 ? last : next),
    undefined,
  );
  return root && addressOf(root);
}

/** Windows that Outlook opens say nothing of whose they are. They share the opener's origin and account number. */
function openerOf({ defaultView }: Document, url: URL): Document | undefined {
  const opener = defaultView?.opener as Window | null | undefined;
  try {
    // Reading these throws where the opener has become another site.
    const address = new URL(opener?.document.URL ?? '');
    const same = address.origin === url.origin && accountNumber(address) === accountNumber(url);
    return same ? opener?.document : undefined;
  } catch {
    return undefined;
  }
}

const accountNumber = ({ pathname }: URL) => ACCOUNT_NUMBER.exec(pathname)?.[1] ?? '0';
