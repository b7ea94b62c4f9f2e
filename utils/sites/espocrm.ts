import type { PageReading } from '../contract/page-reading.ts';
import type { ExternalId } from '../contract/primitives.ts';
import { all, fieldText } from './dom.ts';
import { gatherPeople, makeReading, type Sighting } from './people.ts';
import { defineSite, type Page } from './site.ts';

/** From the client's templates, versions 7 to 9 (espocrm/espocrm, client/res/templates, 2026-11). */
const selectors = {
  /** Quick views and other dialogs stand beside it. */
  main: ['#main'],
  /** The record's own fields: panels below and at the side list others. */
  record: ['.record .middle', '.record .left .middle'],
  /** The first of several addresses is the main one; invalid and erased ones carry none. */
  email: ['.field[data-name="emailAddress"] a[data-email-address]'],
  emailInput: ['.field[data-name="emailAddress"] input.email-address'],
  name: ['.field[data-name="name"]', '.page-header .header-title .title'],
  row: ['tr.list-row[data-id]', '.list-kanban .item[data-id]'],
  rowName: ['a.link[href]', '.cell[data-name="name"] a[href]', '.field[data-name="name"] a[href]'],
  rowEmail: ['[data-name="emailAddress"] a[data-email-address]'],
};
type View = Page<typeof selectors>;

export const espocrm = defineSite({
  id: 'espocrm',
  label: 'EspoCRM',
  kind: 'crm',
  matches: [],
  signs: [
    'script[src*="client/lib/espo"]',
    'script[data-base-path][src*="client/"]',
    '#header .navbar #nav-more-tabs-dropdown',
  ],
  dock: { top: 44, right: 0, bottom: 0, reserve: [['#content', 'margin-right']], avoid: ['.modal-dialog'] },
  selectors,
  read,
  rows: (page) =>
    linesOf(page).map(({ anchor, sighting }) => ({ anchor, people: gatherPeople([sighting], new Set()) })),
  root: (document) => document.querySelector('#content'),
  expectsPeople: (url) => personIn(url.hash) !== undefined,
  route: (url) => url.pathname + (url.hash.split('?')[0] ?? ''),
  attributes: ['href', 'data-id', 'data-email-address', 'data-name'],
});

function read(page: View): PageReading | null {
  const { document, url, select } = page;
  const person = personIn(url.hash);
  if (person === undefined) {
    const sightings = linesOf(page).map(({ sighting }) => sighting);
    if (sightings.length === 0) return null;
    // An account, a deal or a case: the contacts its panels list.
    if (!RECORD.test(url.hash)) return makeReading(espocrm, 'list', { sightings });
    const linked = sightings.map((sighting): Sighting => ({ ...sighting, role: 'participant' }));
    return makeReading(espocrm, 'record', { viewId: url.hash, sightings: linked });
  }
  const main = all(document, ...select.main)[0];
  const own = all(main, ...select.record).flatMap((record) => all(record, ...select.email))[0];
  const edited = all(main, ...select.record).flatMap((record) => all(record, ...select.emailInput))[0];
  const names = all(main, ...select.name).filter((name) => !name.closest(select.row.join()));
  if (own === undefined && edited === undefined && names.length === 0) return null;
  const email = own?.getAttribute('data-email-address');
  const sighting: Sighting = {
    role: 'record',
    addresses: own ? [email, own.textContent] : [fieldText(edited)],
    names: names.map(fieldText),
    record: recordOf(url, person),
  };
  // Of two records one after another the address nearly always differs, and nothing else names the record.
  return makeReading(espocrm, 'record', { viewId: email ?? undefined, sightings: [sighting] });
}

/** The leads and contacts that the page lists: a view of many, a board, or a panel of a record that is nobody. */
function linesOf({ document, url, select }: View): { anchor: Element; sighting: Sighting }[] {
  if (personIn(url.hash) !== undefined) return [];
  const main = all(document, ...select.main)[0];
  return all(main, ...select.row).flatMap((row) => {
    // A call or a note names whoever took part: only a row that is a person itself links to its own id.
    const id = row.getAttribute('data-id');
    const link = all(row, ...select.rowName).find(
      (one) => personIn(one.getAttribute('href') ?? '')?.id === id,
    );
    const person = personIn(link?.getAttribute('href') ?? '');
    if (link === undefined || person === undefined) return [];
    const [email] = all(row, ...select.rowEmail);
    return {
      anchor: link.parentElement ?? row,
      sighting: {
        role: 'record' as const,
        addresses: [email?.getAttribute('data-email-address'), email?.getAttribute('title')],
        names: [link.textContent],
        record: recordOf(url, person),
      },
    };
  });
}

const PERSON = /^#(Lead|Contact)\/(?:view|edit)\/(\w+)(?=[/?]|$)/u;
const RECORD = /^#\w+\/(?:view|edit)\/\w+/u;

/** The lead or contact that the address of a page, or a link within one, names. */
function personIn(hash: string): { type: string; id: string } | undefined {
  const [, type, id] = PERSON.exec(hash) ?? [];
  return type === undefined || id === undefined ? undefined : { type, id };
}

const recordOf = (url: URL, person: { type: string; id: string }): ExternalId => ({
  system: 'espocrm',
  tenant: url.host,
  ...person,
});
