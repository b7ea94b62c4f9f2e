import type { PageReading } from '../contract/page-reading.ts';
import type { ExternalId } from '../contract/primitives.ts';
import { all, mailtoIn, visibility } from './dom.ts';
import { gatherPeople, makeReading, type Sighting } from './people.ts';
import { defineSite, type Page } from './site.ts';

/** Class names are hashes of each build; test ids come from the front end's source (twentyhq/twenty, 2026-11). */
const selectors = {
  /** The record's fields (RecordFieldList). A side panel shows those of a second record the same way. */
  fields: ['[data-testid="record-fields-list-container"]'],
  panel: ['[data-command-menu-panel]', '[data-testid="command-menu"]', 'aside'],
  /** Records joined to this one, among its fields. */
  joined: ['[data-testid$="-relation"]', '[data-testid="record-detail-records-list-item"]'],
  name: ['[data-testid="top-bar-title"]'],
  email: ['a[href^="mailto:"]'],
  person: ['a[href*="/object/person/"]'],
  /** A row of a table (RecordTableTr); what is out of sight has no cells. */
  row: ['[data-testid^="row-id-"][data-selectable-id]'],
};
type View = Page<typeof selectors>;

export const twenty = defineSite({
  id: 'twenty',
  label: 'Twenty',
  kind: 'crm',
  matches: ['https://*.twenty.com/*'],
  signs: ['script#twenty-env-config'],
  dock: {
    top: 48,
    right: 0,
    bottom: 0,
    reserve: [['#root', 'max-width']],
    avoid: ['[data-command-menu-panel]'],
  },
  selectors,
  read,
  rows: (page) =>
    rowsOf(page).map(({ anchor, sighting }) => ({ anchor, people: gatherPeople([sighting], new Set()) })),
  root: (document) => document.querySelector('#root'),
  expectsPeople: ({ pathname }) => personIn(pathname) !== undefined,
  route: ({ pathname }) => pathname,
  attributes: ['href', 'data-testid', 'data-selectable-id'],
});

function read(page: View): PageReading | null {
  const { document, url, select } = page;
  const id = personIn(url.pathname);
  const shown = visibility(select.panel.join());
  const [fields, ...others] = all(document, ...select.fields).filter(shown);
  // Two at once: one record is about to replace the other.
  if (others.length > 0) return null;
  if (id !== undefined) {
    if (fields === undefined) return null;
    const own = visibility(select.joined.join());
    const address = all(fields, ...select.email)
      .filter(own)
      .map(addressOf)[0];
    const names = all(document, ...select.name).map((name) => name.textContent);
    const sighting: Sighting = { role: 'record', addresses: [address], names, record: recordOf(url, id) };
    return makeReading(twenty, 'record', { viewId: address, sightings: [sighting] });
  }
  if (url.pathname.startsWith('/object/')) {
    // A company or an opportunity: the people its fields link to.
    const sightings = all(fields, ...select.person).flatMap((link): Sighting[] => {
      const linked = personIn(link.getAttribute('href'));
      if (linked === undefined) return [];
      return [
        { role: 'participant', addresses: [], names: [link.textContent], record: recordOf(url, linked) },
      ];
    });
    return sightings.length > 0 ? makeReading(twenty, 'record', { viewId: url.pathname, sightings }) : null;
  }
  const sightings = rowsOf(page).map(({ sighting }) => sighting);
  return sightings.length > 0 ? makeReading(twenty, 'list', { sightings }) : null;
}

function rowsOf({ document, url, select }: View): { anchor: Element; sighting: Sighting }[] {
  if (url.pathname.startsWith('/object/')) return [];
  return all(document, ...select.row).flatMap((row) => {
    // Tables of other things link to people, too: only a row that is one itself links to its own id.
    const id = row.getAttribute('data-selectable-id');
    const own = all(row, ...select.person).find((link) => personIn(link.getAttribute('href')) === id);
    if (own === undefined || id === null) return [];
    const address = all(row, ...select.email).map(addressOf)[0];
    return {
      anchor: own.parentElement ?? row,
      sighting: {
        role: 'record' as const,
        addresses: [address],
        names: [own.textContent],
        record: recordOf(url, id),
      },
    };
  });
}

const addressOf = (link: Element) => mailtoIn(link.getAttribute('href'));

const personIn = (path: string | null | undefined) =>
  /\/object\/person\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?=[/?#]|$)/u.exec(path ?? '')?.[1];

const recordOf = (url: URL, id: string): ExternalId => ({
  system: 'twenty',
  tenant: url.host,
  type: 'person',
  id,
});
