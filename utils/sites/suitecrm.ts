import type { PageReading } from '../contract/page-reading.ts';
import type { ExternalId } from '../contract/primitives.ts';
import { all, mailtoIn } from './dom.ts';
import { gatherPeople, makeReading, type Sighting } from './people.ts';
import { defineSite, type Page } from './site.ts';

/**
 * Version 7 from its templates (salesagility/SuiteCRM, theme SuiteP and EmailUI.php, 7.14), version 8 from
 * its components (salesagility/SuiteCRM-Core, 8.8), both 2026-11. Version 8 shows modules of 7 in a frame.
 */
const selectors = {
  /** Dialogs stand beside these. */
  main: ['scrm-record', 'scrm-list', '#pagecontent'],
  /** The record's own field; that of a related record is a list's, and the bulk link's attributes are empty. */
  email: [
    '.detail-view-row-item[data-field="email1"] a.email-link',
    '.detail-view-field[field="email1"] a.email-link',
    'scrm-email-detail a',
    '.detail-view-field[field="email1"] a[href^="mailto:"]',
  ],
  name: ['.record-view-name', '.module-title-text'],
  row: ['tr.cdk-row', 'tr.oddListRowS1', 'tr.evenListRowS1'],
  /** Other columns link to accounts, users and whoever took part. */
  rowLink: ['td.column-name a', 'td.cdk-column-name a', 'td[field="name"] a', 'td[scope="row"] a'],
  rowEmail: ['td[field="email1"] a', 'a.email-link', '.mailto-field a'],
};
type View = Page<typeof selectors>;

export const suitecrm = defineSite({
  id: 'suitecrm',
  label: 'SuiteCRM',
  kind: 'crm',
  matches: [],
  signs: ['scrm-navbar-ui', 'script[src*="include/javascript/sugar_"]'],
  frames: true,
  dock: {
    top: 60,
    right: 0,
    bottom: 0,
    reserve: [
      ['app-root', 'margin-right'],
      ['#bootstrap-container', 'margin-right'],
    ],
  },
  selectors,
  read,
  rows: (page) =>
    linesOf(page).map(({ anchor, sighting }) => ({ anchor, people: gatherPeople([sighting], new Set()) })),
  root: (document) => document.querySelector('app-root') ?? document.querySelector('#pagecontent'),
  expectsPeople: (url) => PERSONS.has(recordIn(url.href)?.type ?? ''),
  route: (url) => url.pathname + url.search + (url.hash.split('?')[0] ?? ''),
  attributes: ['href', 'data-email-address', 'data-record-id'],
});

const PERSONS: ReadonlySet<string> = new Set(['Leads', 'Contacts']);

function read(page: View): PageReading | null {
  const { document, url, select } = page;
  const shown = recordIn(url.href);
  if (shown === undefined || !PERSONS.has(shown.type)) {
    const sightings = linesOf(page).map(({ sighting }) => sighting);
    if (sightings.length === 0) return null;
    if (shown === undefined) return makeReading(suitecrm, 'list', { sightings });
    const linked = sightings.map((sighting): Sighting => ({ ...sighting, role: 'participant' }));
    return makeReading(suitecrm, 'record', { viewId: shown.id, sightings: linked });
  }
  const [main] = all(document, ...select.main);
  const rows = select.row.join();
  const links = all(main, ...select.email).filter((link) => !link.closest(rows));
  const names = all(main, ...select.name);
  if (links.length === 0 && names.length === 0) return null;
  // Version 7 writes beside the address whose it is.
  const owners = links.map((link) => link.getAttribute('data-record-id')).filter(Boolean);
  if (owners.some((owner) => owner !== shown.id)) return null;
  const [address] = links.map(addressOf).filter((one) => one !== undefined);
  const sighting: Sighting = {
    role: 'record',
    addresses: [address],
    names: names.map((name) => name.textContent),
    record: recordOf(url, shown),
  };
  return makeReading(suitecrm, 'record', { viewId: owners[0] ?? address, sightings: [sighting] });
}

function linesOf({ document, url, select }: View): { anchor: Element; sighting: Sighting }[] {
  if (PERSONS.has(recordIn(url.href)?.type ?? '')) return [];
  return all(all(document, ...select.main)[0], ...select.row).flatMap((row) => {
    const [link] = all(row, ...select.rowLink);
    const person = recordIn(link?.getAttribute('href') ?? '');
    if (link === undefined || person === undefined || !PERSONS.has(person.type)) return [];
    return {
      anchor: link.closest('td') ?? row,
      sighting: {
        role: 'record' as const,
        addresses: all(row, ...select.rowEmail)
          .map(addressOf)
          .slice(0, 1),
        names: [link.textContent],
        record: recordOf(url, person),
      },
    };
  });
}

const addressOf = (link: Element) =>
  link.getAttribute('data-email-address') ?? mailtoIn(link.getAttribute('href'));

const recordOf = (url: URL, record: { type: string; id: string }): ExternalId => ({
  system: 'suitecrm',
  tenant: url.host,
  ...record,
});

/** The record that an address or a link names: `#/leads/record/<id>` in 8, `?module=Leads&record=<id>` in 7. */
function recordIn(address: string): { type: string; id: string } | undefined {
  const [, route, uuid] = /#\/([a-z-]+)\/record\/([\w-]+)/u.exec(address) ?? [];
  if (route !== undefined && uuid !== undefined)
    return { type: route.charAt(0).toUpperCase() + route.slice(1), id: uuid };
  // Version 7 loads views into the page and then keeps their address, encoded, behind the hash.
  const [, inner] = /#ajaxUILoc=([^&]+)/u.exec(address) ?? [];
  const query = new URLSearchParams(
    (inner === undefined ? address : decoded(inner)).split('?')[1]?.split('#')[0],
  );
  const [type, id] = [query.get('module'), query.get('record')];
  return type && id && /^[\w-]+$/u.test(id) ? { type, id } : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
