import type { PageReading } from '../contract/page-reading.ts';
import { visibility } from './dom.ts';
import { openComposes } from './outlook/compose.ts';
import { listedMails, type ListedMail } from './outlook/list.ts';
import { readMailbox } from './outlook/mailbox.ts';
import { nameResolver } from './outlook/names.ts';
import { openMails, type OpenMail } from './outlook/pane.ts';
import { selectors, type OutlookSelectors } from './outlook/selectors.ts';
import { outlookSending } from './outlook/sending.ts';
import { gatherPeople, makeReading, type Sighting } from './people.ts';
import { defineSite, oncePerPage, type Page, type Row } from './site.ts';

/** The calendar, contacts and settings are other parts of the same app. */
const MAIL = /^\/(?:mail|owa)(?:\/|$)/u;
/** `/mail/0/inbox/id/…`, `/mail/0/inbox/rp/…`, `/mail/deeplink/read/…`: a conversation or a message. */
const OPEN = /\/(?:id|rp|deeplink\/read)\/[^/]+/u;

export const outlook = defineSite({
  id: 'outlook',
  label: 'Outlook',
  kind: 'mail',
  core: true,
  matches: [
    'https://outlook.office.com/*',
    'https://outlook.office365.com/*',
    'https://outlook.live.com/*',
    'https://outlook.cloud.microsoft/*',
  ],
  // "Open in new window" makes a window without an address of its own.
  frames: true,
  dock: {
    top: 48,
    right: 0,
    bottom: 0,
    // The pane for reading and writing stands at the right of everything (amarnai, 2026-07).
    reserve: [['#ReadingPaneContainerId', 'margin-right']],
    avoid: ['[data-app-section="ComposeForm"]'],
  },
  selectors,
  read,
  rows,
  /** Panes are replaced deep inside, and contact cards are layers appended to the body. */
  root: (document) => document.body,
  route: (url) => url.pathname + (url.searchParams.get('ItemID') ?? ''),
  expectsPeople: (url) => isOpen(url),
  attributes: [
    'style',
    'hidden',
    'aria-hidden',
    'aria-label',
    'aria-selected',
    'title',
    'id',
    'data-convid',
    'data-lpc-hover-target-id',
  ],
  sending: outlookSending,
});

/** What the people in view and the rows of the list are both read from. */
const look = oncePerPage(({ document, url, select }: Page<OutlookSelectors>) => {
  const visible = visibility(select.body.join());
  return {
    visible,
    mailbox: readMailbox(document, url, select),
    listed: listedMails(document, visible, select),
  };
});

function read(page: Page<OutlookSelectors>): PageReading | null {
  const { document, url, select } = page;
  if (!MAIL.test(url.pathname)) return null;
  const { visible, mailbox, listed } = look(page);
  const composes = openComposes(document, visible, select);
  const [mail, ...others] = openMails(document, visible, select);
  // Two at once: one is about to replace the other.
  if (others.length > 0 || (mail && isLeftBehind(mail, listed))) return null;

  const { account, own } = mailbox;
  const reading = (view: PageReading['view'], viewId: string | undefined, sightings: Sighting[]) =>
    makeReading(outlook, view, { viewId, account, own, sightings });
  const people = nameResolver(document, select, mailbox, mail, listed);
  const drafts = composes.flatMap(({ contacts }) =>
    people(contacts.map((contact) => ({ ...contact, role: 'draft-recipient' as const }))),
  );
  if (mail) return reading('thread', mail.id, [...people(mail.contacts), ...drafts]);
  if (composes.length > 0) return reading('compose', composes[0]?.id, drafts);
  // A list under the address of a mail: it is still loading, or just left.
  if (listed.length === 0 || isOpen(url)) return null;
  return reading(
    'list',
    undefined,
    listed.flatMap(({ sightings }) => sightings),
  );
}

function rows(page: Page<OutlookSelectors>): Row[] {
  if (!MAIL.test(page.url.pathname)) return [];
  const { mailbox, listed } = look(page);
  return listed
    .map(({ anchor, sightings }) => ({ anchor, people: gatherPeople(sightings, mailbox.own) }))
    .filter(({ people }) => people.length > 0);
}

const isOpen = (url: URL) => OPEN.test(url.pathname) || url.searchParams.has('ItemID');

/** Whether the pane still shows another conversation than the one row that is selected. */
function isLeftBehind({ id }: OpenMail, listed: readonly ListedMail[]): boolean {
  const selected = listed.filter((row) => row.selected);
  const ofPane = listed.some(({ conversation }) => conversation === id);
  return selected.length === 1 && ofPane && selected[0]?.conversation !== id;
}
