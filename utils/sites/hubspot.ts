import type { PageReading } from '../contract/page-reading.ts';
import type { ExternalId } from '../contract/primitives.ts';
import {
  addressIn,
  all,
  fieldText,
  mailsIn,
  mailtoIn,
  onlyOne,
  outermost,
  visibility,
  withPrints,
} from './dom.ts';
import { gatherPeople, makeReading, type Sighting } from './people.ts';
import { defineSite, type Page } from './site.ts';

/** `/contacts/<portal>/record/<type>/<id>`, and `/contacts/<portal>/<type>/<id>` before 2022. */
const RECORD = /\/contacts\/(\d+)\/(?:record\/)?(\d+-\d+|contact|company|deal|ticket)\/(\d+)(?=\/|\?|$)/u;
const isContact = (type: string | undefined) => type === '0-1' || type === 'contact';
const MAILTO = 'a[href^="mailto:"]';

const SELECTORS = {
  /** The record's own column (three public tools, 2022 to 2026). */
  sidebar: ['[data-test-id="left-sidebar"]', '[data-selenium-test="contact-highlight-details"]'],
  name: ['[data-test-id="highlight-record-label"]', '[data-selenium-test="highlightTitle"]'],
  /** The primary address, printed and in its field; further ones are another property (five public tools, 2026). */
  email: [
    '[data-test-id="highlight-property-display-email"]',
    '[data-selenium-test="property-input-email"]',
    '[data-test-id="property-input-email-button"]',
    '[data-profile-property="email"]',
  ],
  /** Tabs and further pages of the record in view: they name it (general knowledge, 2026-11). */
  own: ['a[href*="/view/"]', 'a[href*="/properties"]'],
  /** Another record opened beside this one or over the list (two public tools, 2024 to 2026). */
  preview: [
    '[data-crm-location="CRM_OBJECT_PREVIEW"]',
    '[data-selenium-test="sidebar-preview-panel"]',
    '[data-test-id="IndexPageInlineSidebar"]',
  ],
  /** Where the associated records stand (public tools, 2026). */
  associations: [
    '[data-test-id="records-right-sidebar"]',
    '[data-test-id="right-sidebar"]',
    '[data-test-id^="card-wrapper-"]',
  ],
  /** One associated contact (public tools, 2024 to 2026). */
  chicklet: [
    '[data-test-id^="chicklet-"]',
    '[data-test-id^="chiclet-0-1-"]',
    '[data-selenium-test="chicklet"]',
  ],
  /** A row carries the id of its record (three public tools, 2025 to 2026). */
  row: ['[data-test-id="framework-data-table"] tr[data-test-id^="row-"]'],
  emailCell: ['[data-table-external-id^="cell-0-1-email-"]', '[data-test-id^="cell-0-1-email-"]'],
  /** In the account menu, once it has been opened (ringcentral, 2022). */
  user: ['.user-info-email'],
};
type HubspotPage = Page<typeof SELECTORS>;

export const hubspot = defineSite({
  id: 'hubspot',
  label: 'HubSpot',
  kind: 'crm',
  matches: ['app', 'app-eu1', 'app-na2', 'app-na3', 'app-ap1'].map((name) => `https://${name}.hubspot.com/*`),
  dock: {
    top: 56,
    right: 0,
    bottom: 0,
    reserve: [['body', 'margin-right']],
    avoid: SELECTORS.preview,
  },
  selectors: SELECTORS,
  read,
  rows: (page) => {
    const own = ownOf(page);
    return listed(page).map(({ anchor, sighting }) => ({ anchor, people: gatherPeople([sighting], own) }));
  },
  root: (document) => document.body,
  expectsPeople: (url) => isContact(RECORD.exec(url.pathname)?.[2]),
  route: (url) => url.pathname,
  attributes: ['hidden', 'aria-hidden', 'style', 'href', 'value', 'data-test-id', 'data-selenium-test'],
});

function read(page: HubspotPage): PageReading | null {
  const { document, url, select } = page;
  const [, portal = '', type, id = ''] = RECORD.exec(url.pathname) ?? [];
  const visible = visibility(select.preview.join());
  const reading = (view: PageReading['view'], sightings: Sighting[], viewId?: string) =>
    sightings.length === 0 ? null : makeReading(hubspot, view, { viewId, own: ownOf(page), sightings });
  if (type === undefined)
    return reading(
      'list',
      listed(page).map(({ sighting }) => sighting),
    );

  const named = all(document, ...select.own)
    .filter(visible)
    .flatMap((link) => RECORD.exec(link.getAttribute('href') ?? '')?.[3] ?? []);
  // The address is already another's than the view, or the other way round.
  if (named.length > 0 && !named.includes(id)) return null;
  const sightings = isContact(type)
    ? ofContact(page, recordOf(portal, id), visible)
    : associated(page, portal, visible);
  return reading('record', sightings, named.length > 0 ? id : undefined);
}

function ofContact({ document, select }: HubspotPage, record: ExternalId, visible: Visible): Sighting[] {
  const [sidebar, ...more] = outermost(all(document, ...select.sidebar).filter(visible));
  if (sidebar === undefined || more.length > 0) return [];
  const fields = all(sidebar, ...select.email).filter(visible);
  const names = all(sidebar, ...select.name).filter(visible);
  if (fields.length === 0 && names.length === 0) return [];
  const links = fields.flatMap((field) => all(field, MAILTO));
  const inputs = fields.filter((field) => field.matches('input'));
  const addresses = withPrints(
    [...links.map(mailtoOf), ...inputs.map((input) => addressIn(fieldText(input)))],
    fields.map(fieldText),
  );
  return [{ role: 'record', addresses, names: names.map(fieldText), record }];
}

/** The contacts of a company, deal or ticket. */
function associated({ document, select }: HubspotPage, portal: string, visible: Visible): Sighting[] {
  const places = outermost(all(document, ...select.associations).filter(visible));
  const chicklets = outermost(places.flatMap((place) => all(place, ...select.chicklet).filter(visible)));
  return chicklets.flatMap((chicklet) => {
    const links = contactLinks(chicklet, portal);
    const id = onlyOne(links.map((link) => link.id));
    return id === undefined
      ? []
      : [{ ...personIn(chicklet, id, links, portal), role: 'participant' as const }];
  });
}

/** The contacts in the table of a list. */
function listed({ document, url, select }: HubspotPage) {
  const [, portal = ''] = /^\/contacts\/(\d+)\//u.exec(url.pathname) ?? [];
  return all(document, ...select.row).flatMap((row) => {
    const id = row.getAttribute('data-test-id')?.slice('row-'.length) ?? '';
    // A row of companies may link contacts, too: only the row's own record counts.
    const links = contactLinks(row, portal).filter((link) => link.id === id);
    const anchor = links[0]?.element.closest('td');
    const cell = all(row, ...select.emailCell)[0];
    return anchor ? [{ anchor, sighting: personIn(cell, id, links, portal) }] : [];
  });
}

function personIn(place: Element | undefined, id: string, links: ContactLink[], portal: string): Sighting {
  return {
    role: 'record',
    addresses: mailsIn(place),
    names: links.map(({ element }) => element.textContent),
    record: recordOf(portal, id),
  };
}

interface ContactLink {
  element: Element;
  id: string;
}

function contactLinks(place: Element, portal: string): ContactLink[] {
  return all(place, 'a[href*="/contacts/"]').flatMap((element) => {
    const [, of, type, id] = RECORD.exec(element.getAttribute('href') ?? '') ?? [];
    return id !== undefined && of === portal && isContact(type) ? [{ element, id }] : [];
  });
}

const recordOf = (tenant: string, id: string): ExternalId => ({
  system: 'hubspot',
  tenant,
  type: 'contact',
  id,
});
const mailtoOf = (link: Element) => mailtoIn(link.getAttribute('href'));
const ownOf = ({ document, select }: HubspotPage): ReadonlySet<string> =>
  new Set(all(document, ...select.user).flatMap((user) => addressIn(user.textContent)?.toLowerCase() ?? []));

type Visible = (element: Element) => boolean;
