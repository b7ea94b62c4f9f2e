import type { PageReading } from '../contract/page-reading.ts';
import { all, outermost, visibility } from './dom.ts';
import { openComposes, type Compose } from './gmail/compose.ts';
import { readConversation } from './gmail/conversation.ts';
import { readList } from './gmail/list.ts';
import { readMailbox } from './gmail/mailbox.ts';
import { readPrint } from './gmail/print.ts';
import { selectors, type GmailSelectors } from './gmail/selectors.ts';
import { gmailSending } from './gmail/sending.ts';
import { gatherPeople, makeReading, type Sighting } from './people.ts';
import { defineSite, oncePerPage, type Page, type Row } from './site.ts';

/** Routes with one more part before a thread's id, e.g. `#search/<query>/<id>` (InboxSDK router, 2026-07). */
const NAMED_ROUTES = /^(?:search|advanced-search|label|category|settings)$/u;
/** Routes of pages without mails (InboxSDK router, 2026-07); a view that was left may still stand in them. */
const NO_MAILS = /^(?:settings|contacts|chats?|rooms|calls)$/u;
/** The API's id: the only form that can be compared with the page's own attributes. */
const LEGACY_ID = /^[0-9a-f]{16,}$/u;
/** Either form of a thread's id in the address; the newer one is opaque (`FMfcg…`). */
const THREAD_ID = /^\w{16,}$/u;

export const gmail = defineSite({
  id: 'gmail',
  label: 'Gmail',
  kind: 'mail',
  core: true,
  matches: ['https://mail.google.com/*'],
  dock: {
    top: 64,
    // The rail of add-ons.
    right: 56,
    bottom: 0,
    // Beside the navigation and the rail (captured 2017; InboxSDK gmail-element-getter.ts, 2026-07).
    reserve: [['.bkK', 'margin-right']],
    // Pop-ups to write in, full screen writing, an opened add-on (InboxSDK gmail-element-getter.ts, 2026-07).
    avoid: ['.dw .no > *', 'body > .aSs', '.WN9Ejb', '.bq9'],
  },
  read,
  rows,
  /**
   * Views swap deep inside, composes are docked in a strip of their own or, full screen, appended to the
   * body, and the account link sits in the banner: nothing smaller holds all three.
   */
  root: (document) => document.body,
  route: (url) => url.pathname + hashRoute(url),
  expectsPeople: (url) => threadInAddress(url) !== undefined,
  attributes: [
    'style',
    'hidden',
    'aria-hidden',
    'role',
    'email',
    'name',
    'value',
    'data-hovercard-id',
    'data-name',
    'data-legacy-thread-id',
    'data-thread-perm-id',
    'data-legacy-message-id',
    'data-message-id',
    'jid',
    'aria-label',
  ],
  selectors,
  sending: gmailSending,
});

/** What the people in view and the rows of the list are both read from. */
const look = oncePerPage(({ document, url, select }: Page<GmailSelectors>) => {
  const visible = visibility(select.body.join());
  const views = viewsIn(document, url, select, visible);
  return {
    visible,
    views,
    mailbox: readMailbox(document, url, select),
    lists: views.map((view) => readList(view, visible, select)).filter((rows) => rows !== null),
  };
});

function read(page: Page<GmailSelectors>): PageReading | null {
  const { document, url, select } = page;
  const { visible, views, mailbox, lists } = look(page);
  const composes = openComposes(document, visible, select);
  const own = new Set([...mailbox.own, ...composes.flatMap(({ from }) => from)]);

  const reading = (view: PageReading['view'], viewId: string | undefined, sightings: Sighting[]) =>
    makeReading(gmail, view, { viewId, account: mailbox.account, own, sightings });
  const ofComposes = (some: readonly Compose[]) =>
    reading(
      'compose',
      some[0]?.id,
      some.flatMap(({ sightings }) => sightings),
    );

  if (isPrint(url)) {
    const printed = readPrint(document, select);
    return printed.length > 0
      ? reading('thread', url.searchParams.get('permthid') ?? undefined, printed)
      : null;
  }

  const fullScreen = composes.filter((compose) => compose.fullScreen);
  if (fullScreen.length > 0) return ofComposes(fullScreen);

  const addressed = threadInAddress(url);

  const conversations = views.flatMap((view) => readConversation(view, visible, select) ?? []);
  const [conversation] = conversations;
  if (conversation !== undefined) {
    // Two at once, or another than the address names: one view is about to replace the other.
    if (conversations.length > 1 || conversation.threadIds.length > 1) return null;
    if (addressed !== undefined && LEGACY_ID.test(addressed) && !conversation.isOf(addressed)) return null;
    const drafts = composes.flatMap(({ sightings }) => sightings);
    return reading('thread', conversation.threadIds[0], [...conversation.sightings, ...drafts]);
  }

  if (composes.length > 0) return ofComposes(composes);

  const [list] = lists;
  // A list under the address of a thread is the page before, or the conversation is still loading.
  if (list === undefined || lists.length > 1 || addressed !== undefined) return null;
  return reading(
    'list',
    undefined,
    list.flatMap(({ sightings }) => sightings),
  );
}

/** The rows of the list in view, also of one beside an open conversation. */
function rows(page: Page<GmailSelectors>): Row[] {
  const { mailbox, lists } = look(page);
  return lists
    .flat()
    .map(({ anchor, sightings }) => ({ anchor, people: gatherPeople(sightings, mailbox.own) }))
    .filter(({ people }) => people.length > 0);
}

function viewsIn(
  document: Document,
  url: URL,
  select: GmailSelectors,
  visible: (element: Element) => boolean,
): Element[] {
  if (NO_MAILS.test(hashRoute(url).slice(1).split('/')[0] ?? '')) return [];
  return outermost(all(document, ...select.view).filter(visible));
}

const isPrint = (url: URL) => url.searchParams.get('view') === 'pt';

/** The hash without what opens beside the view, e.g. `?compose=new`. */
const hashRoute = (url: URL) => url.hash.split('?')[0] ?? '';

/** The last part of `#inbox/<id>`, `#search/<query>/p2/<id>` …; undefined where the address names no thread. */
function threadInAddress(url: URL): string | undefined {
  const [route = '', ...rest] = hashRoute(url).slice(1).split('/');
  const last = (NAMED_ROUTES.test(route) ? rest.slice(1) : rest).at(-1);
  return last !== undefined && THREAD_ID.test(last) ? last : undefined;
}
