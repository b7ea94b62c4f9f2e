import type { PageReading } from '../contract/page-reading.ts';
import type { ExternalId } from '../contract/primitives.ts';
import { all, cleanText, mailsIn, mailsOf, outermost, visibility } from './dom.ts';
import { gatherPeople, makeReading, type Sighting } from './people.ts';
import { defineSite, type Page, type Row } from './site.ts';

/** Whom a record is of, by the key prefix of its id, which is the same everywhere (public sources, 2026-11). */
const PEOPLE: Partial<Record<string, string>> = { '00Q': 'Lead', '003': 'Contact' };
/**
 * `/lightning/r/<Object>/<id>/<action>`, without the object, and the classic `/<id>` of older related lists.
 * Ids have 15 characters, or 18 with a checksum that depends on them (CumulusCI, 2026).
 */
const RECORD = /(?:\/lightning\/r\/(?:\w+\/)?|^\/)([a-zA-Z0-9]{15})(?:[a-zA-Z0-9]{3})?(?:\/(\w+)|$)/u;
const LIST = /\/lightning\/o\/\w+\/list(?:\/|$)/u;
const ROW_HEAD = 'th';

const SELECTORS = {
  /**
   * The view in front; those behind it stay in the page. Console: each level is marked (public tests, seen
   * 2019 to 2026-11). Standard: the single pane's page (public tests, 2020 to 2026; toggl, 2026-08).
   */
  view: [
    '.oneWorkspace.active .oneConsoleTab.active .lafPageHost.active',
    '.oneCenterStage > .lafPageHost.active',
    '.lafSinglePaneWindowManager > .windowViewMode-normal.active',
  ],
  /** Other people: activities, dialogs, details of a related record (toggl, 2026-08; general knowledge). */
  aside: [
    '.slds-modal',
    '.activityTimeline, runtime_sales_activities-activity-panel',
    '[data-component-id*="elatedRecord"]',
  ],
  /** The field and its copy in the highlights, in any language (three public files, 2025 to 2026). */
  leadEmail: [
    '[data-target-selection-name="sfdc:RecordField.Lead.Email"]',
    '[data-target-reveals="sfdc:RecordField.Lead.Email"]',
  ],
  contactEmail: [
    '[data-target-selection-name="sfdc:RecordField.Contact.Email"]',
    '[data-target-reveals="sfdc:RecordField.Contact.Email"]',
  ],
  /** The heading and the field of the same name (public tests, 2026). */
  name: [
    '[slot=primaryField] lightning-formatted-name',
    '[data-target-selection-name="sfdc:RecordField.Lead.Name"] lightning-formatted-name',
    '[data-target-selection-name="sfdc:RecordField.Contact.Name"] lightning-formatted-name',
  ],
  /** Links "View all" to the record's own related lists: which record the view is of (captured structure). */
  own: ['a[href*="/related/"]'],
  /** Where an account or opportunity lists and links its contacts (captured structure, 2026-11). */
  linked: [
    '[data-component-id="force_relatedListContainer"] a[href]',
    'force-lookup a[href*="/lightning/r/"]',
  ],
  /** A row of a list, plain or in a list of related records (public tests, 2026). */
  row: ['table[role=grid] tbody tr'],
};
type SalesforcePage = Page<typeof SELECTORS>;

export const salesforce = defineSite({
  id: 'salesforce',
  label: 'Salesforce',
  kind: 'crm',
  matches: [
    'https://*.lightning.force.com/*',
    'https://*.lightning.force.mil/*',
    'https://*.lightning.force.com.mcas.ms/*',
  ],
  // Header and navigation above, the utility bar below.
  dock: {
    top: 90,
    right: 0,
    bottom: 40,
    reserve: [['body', 'margin-right']],
    avoid: ['.slds-docked-composer'],
  },
  selectors: SELECTORS,
  read,
  rows: ({ document, url, select }) =>
    viewIn({ document, url, select }).flatMap((view) =>
      listed(view, url, select).map(({ anchor, sighting }): Row => ({
        anchor,
        people: gatherPeople([sighting], new Set()),
      })),
    ),
  /** The views lie beside each other under changing names. */
  root: (document) => document.body,
  expectsPeople: (url) => {
    const [, id = '', action] = RECORD.exec(url.pathname) ?? [];
    return action === 'view' && PEOPLE[id.slice(0, 3)] !== undefined;
  },
  // `ws` says which tab is the parent: the same record in another place.
  route: (url) => url.pathname,
  attributes: [
    'class',
    'hidden',
    'aria-hidden',
    'href',
    'title',
    'data-recordid',
    'data-target-selection-name',
  ],
});

function read(page: SalesforcePage): PageReading | null {
  const { url, select } = page;
  const [view] = viewIn(page);
  if (view === undefined) return null;
  const [, id, action] = RECORD.exec(url.pathname) ?? [];
  if (LIST.test(url.pathname) || action === 'related') {
    const sightings = listed(view, url, select).map(({ sighting }) => sighting);
    return sightings.length === 0 ? null : makeReading(salesforce, 'list', { sightings });
  }
  if (id === undefined) return null;

  const visible = visibility(select.aside.join());
  const named = all(view, ...select.own).flatMap((link) => idIn(link.getAttribute('href')) ?? []);
  // The address is already another's than the view, or the other way round.
  if (named.length > 0 && !named.includes(id)) return null;
  const record = personWith(id, url);
  const sightings = record ? ofRecord(view, record, visible, select) : linked(view, visible, url, select);
  const viewId = named.length > 0 ? id : undefined;
  return sightings.length === 0 ? null : makeReading(salesforce, 'record', { viewId, sightings });
}

/** The one view in front; none while one replaces another. */
function viewIn({ document, select }: SalesforcePage): Element[] {
  const views = outermost(all(document, ...select.view));
  return views.length === 1 ? views : [];
}

function ofRecord(
  view: Element,
  record: ExternalId,
  visible: Visible,
  select: SalesforcePage['select'],
): Sighting[] {
  const fields = deep(view, record.type === 'Lead' ? select.leadEmail : select.contactEmail, visible);
  const links = fields.flatMap((field) => deep(field, ['a[href^="mailto:"]'], visible));
  const names = deep(view, select.name, visible).map((name) => name.textContent);
  if (fields.length === 0 && names.length === 0) return [];
  return [{ role: 'record', addresses: mailsOf(links), names, record }];
}

function linked(view: Element, visible: Visible, url: URL, select: SalesforcePage['select']): Sighting[] {
  return deep(view, select.linked, visible).flatMap((link): Sighting[] => {
    const record = personAt(link, url);
    if (record?.type !== 'Contact') return [];
    const tile = link.closest('article, li, tr');
    return [{ role: 'participant', addresses: addressesIn(tile, url), names: [link.textContent], record }];
  });
}

/** The people of the rows in view. */
function listed(view: Element, url: URL, select: SalesforcePage['select']) {
  return all(view, ...select.row).flatMap((row) => {
    const anchor = row.querySelector(ROW_HEAD);
    const link = anchor?.querySelector('a[href], a[data-recordid]');
    const record = link ? personAt(link, url) : undefined;
    if (!anchor || !link || !record) return [];
    const names = [link.getAttribute('title'), link.textContent];
    const sighting: Sighting = { role: 'record', addresses: addressesIn(row, url), names, record };
    return [{ anchor, sighting }];
  });
}

/** The address in a row or tile; none where that is of several people. */
function addressesIn(tile: Element | null, url: URL) {
  const people = all(tile, 'a[href*="/r/"]').flatMap((link) => personAt(link, url)?.id ?? []);
  return new Set(people).size < 2 ? mailsIn(tile) : [];
}

const idIn = (href: string | null) => RECORD.exec(cleanText(href).replace(/^https:\/\/[^/]+/u, ''))?.[1];

/** The lead or contact a link leads to; undefined for any other, and when its attributes disagree. */
function personAt(link: Element, url: URL): ExternalId | undefined {
  const ids = [idIn(link.getAttribute('href')), link.getAttribute('data-recordid')?.slice(0, 15)];
  const [id, other] = ids.filter((one) => one !== undefined);
  return id === undefined || (other ?? id) !== id ? undefined : personWith(id, url);
}

function personWith(id: string, url: URL): ExternalId | undefined {
  const type = PEOPLE[id.slice(0, 3)];
  const [tenant = ''] = url.hostname.split('.');
  return type === undefined ? undefined : { system: 'salesforce', tenant, type, id };
}

type Visible = (element: Element) => boolean;

/**
 * The visible elements that match. Lightning's shadow is mostly an imitation in one flat tree; where an
 * organisation has the browser's own switched on, that finds nothing, and the open roots are searched.
 */
function deep(root: Element | ShadowRoot, selectors: readonly string[], visible: Visible): Element[] {
  const found = all(root, ...selectors).filter(visible);
  if (found.length > 0) return found;
  return [root, ...all(root, '*')].flatMap((host) =>
    'shadowRoot' in host && host.shadowRoot && visible(host) ? deep(host.shadowRoot, selectors, visible) : [],
  );
}
