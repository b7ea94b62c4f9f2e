import type { PageReading } from '../contract/page-reading.ts';
import type { ExternalId } from '../contract/primitives.ts';
import { addressIn, all, cleanText, fieldText, mailtoIn, outermost, visibility, withPrints } from './dom.ts';
import { gatherPeople, makeReading, type Sighting } from './people.ts';
import { defineSite, type Page } from './site.ts';

/**
 * `/crm/org<N>/tab/<Module>/<id>`, older without `org<N>`, the same behind a prefix in CRM Plus and One
 * (public file, 2026). A list's address ends in `/custom-view/<id>/list`.
 */
const RECORD = /\/(?:(org\d+)\/)?tab\/(\w+)\/(\d{6,})(?=[/?#]|$)/u;
const LIST = /\/tab\/(\w+)(?:\/custom-view\/\d+\/\w+|\/list)?\/?$/u;
const PEOPLE = /^(?:Leads|Contacts)$/u;
/** Five host families in ten data centres (public file, 2026); Canada has a domain of its own. */
const HOSTS = [
  ...['com', 'eu', 'in', 'com.au', 'com.cn', 'jp', 'sa', 'ca', 'ae', 'uk'].map((centre) => `zoho.${centre}`),
  'zohocloud.ca',
];

const SELECTORS = {
  /** The name, whose field was renamed in August 2026 (two public tools). */
  name: [
    '#titlecard_FULLNAME',
    '[data-zcqa="value_FULLNAME"]',
    '#titlecard_LASTNAME',
    '[data-zcqa="value_LASTNAME"]',
    '#headervalue_LASTNAME',
  ],
  /** The primary address, in the details and in the card at the top (four public tools, 2024 to 2026). */
  email: ['[data-zcqa="value_EMAIL"]', '[data-zcqa="value_Email"]', '#value_EMAIL', '#subvalue_EMAIL'],
  /** The contact of a deal, and the contacts of an account (public tool, 2025; general knowledge, 2026-11). */
  linked: [
    'crux-lookup-component a[href*="/tab/Contacts/"]',
    'crux-table-component[cx-prop-module="Contacts"] a[href*="/tab/Contacts/"]',
  ],
  /** A record in a table, and one on a board (two public tools, 2025). */
  row: ['lyte-exptable-tr[data-zcqa="detailView"]', 'lyte-card.crm-kv-card'],
  rowName: ['a.crm-kv-header-link', 'a[href*="/tab/"]'],
  rowEmail: ['crux-email-component'],
  /** Another record, created or looked at beside this one (general knowledge, 2026-11). */
  aside: ['lyte-modal, lyte-popover, lyte-hovercard'],
};
type ZohoPage = Page<typeof SELECTORS>;

export const zoho = defineSite({
  id: 'zoho',
  label: 'Zoho CRM',
  kind: 'crm',
  matches: HOSTS.flatMap((host) => ['crm', 'crmplus', 'one'].map((name) => `https://${name}.${host}/*`)),
  // In Zoho One and CRM Plus the CRM is a frame of another page.
  frames: true,
  dock: { top: 56, right: 0, bottom: 40, reserve: [['body', 'margin-right']] },
  selectors: SELECTORS,
  read,
  rows: (page) =>
    listed(page).map(({ anchor, sighting }) => ({ anchor, people: gatherPeople([sighting], new Set()) })),
  root: (document) => document.body,
  expectsPeople: (url) => PEOPLE.test(RECORD.exec(url.pathname)?.[2] ?? ''),
  route: (url) => url.pathname,
  attributes: ['style', 'hidden', 'aria-hidden', 'class', 'href', 'value', 'cx-prop-value', 'data-zcqa'],
});

function read(page: ZohoPage): PageReading | null {
  const record = recordAt(page.url.pathname, page.url);
  const sightings = record
    ? PEOPLE.test(record.type)
      ? ofPerson(page, record)
      : linked(page)
    : listed(page).map(({ sighting }) => sighting);
  if (sightings.length === 0) return null;
  // Nothing in the page says which record it shows, but two seldom have one address.
  const viewId = record && sightings[0]?.addresses.find((address) => address)?.toLowerCase();
  return makeReading(zoho, record ? 'record' : 'list', { viewId, sightings });
}

function ofPerson({ document, select }: ZohoPage, record: ExternalId): Sighting[] {
  const visible = visibility(select.aside.join());
  const fields = outermost(all(document, ...select.email).filter(visible));
  const names = all(document, ...select.name).filter(visible);
  if (fields.length === 0 && names.length === 0) return [];
  return [{ role: 'record', addresses: addressesOf(fields), names: names.map(valueOf), record }];
}

/** The contacts that a deal or an account links; their addresses stand elsewhere, if at all. */
function linked({ document, url, select }: ZohoPage): Sighting[] {
  const visible = visibility(select.aside.join());
  return all(document, ...select.linked)
    .filter(visible)
    .flatMap((link): Sighting[] => {
      const record = recordAt(link.getAttribute('href'), url);
      return record ? [{ role: 'participant', addresses: [], names: [link.textContent], record }] : [];
    });
}

/** The leads or contacts of a table or board. */
function listed({ document, url, select }: ZohoPage) {
  const [, module = ''] = LIST.exec(url.pathname) ?? [];
  if (!PEOPLE.test(module)) return [];
  const visible = visibility(select.aside.join());
  return all(document, ...select.row)
    .filter(visible)
    .flatMap((row) => {
      const links = all(row, ...select.rowName).map((link) => ({
        link,
        record: recordAt(link.getAttribute('href'), url),
      }));
      // A row may link its account or a contact, too.
      const own = links.find(({ record }) => record?.type === module);
      if (own?.record === undefined) return [];
      const fields = all(row, ...select.rowEmail);
      const sighting: Sighting = {
        role: 'record',
        addresses: fields.length === 1 ? addressesOf(fields) : [],
        names: [own.link.textContent],
        record: own.record,
      };
      return [{ anchor: own.link.closest('lyte-exptable-td') ?? own.link.parentElement ?? row, sighting }];
    });
}

/** What a field's elements say in attributes, with what they print. */
function addressesOf(fields: readonly Element[]) {
  const parts = fields.flatMap((field) => [field, ...all(field, '[cx-prop-value]', 'a[href^="mailto:"]')]);
  return withPrints(
    parts.flatMap((part) => [
      addressIn(part.getAttribute('cx-prop-value')),
      mailtoIn(part.getAttribute('href')),
    ]),
    fields.map(fieldText),
  );
}

const valueOf = (element: Element) => cleanText(element.getAttribute('cx-prop-value')) || fieldText(element);

/** The record that an address names; links leave out the organization where the page's address does. */
function recordAt(href: string | null, { pathname, host }: URL): ExternalId | undefined {
  const [, , type, id] = RECORD.exec(href ?? '') ?? [];
  const [tenant = host] = /\borg\d+(?=\/)/u.exec(pathname) ?? [];
  return type === undefined || id === undefined ? undefined : { system: 'zoho', tenant, type, id };
}
