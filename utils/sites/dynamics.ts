import type { PageReading } from '../contract/page-reading.ts';
import type { ExternalId } from '../contract/primitives.ts';
import { addressIn, all, cleanText, fieldText, mailsIn, mailtoIn, visibility, withPrints } from './dom.ts';
import { gatherPeople, makeReading, type Sighting } from './people.ts';
import { defineSite, type Page } from './site.ts';

/** Types by their old numbers, `etc=` (product documentation, unchanged since 2011). */
const TYPES: Partial<Record<string, string>> = { 1: 'account', 2: 'contact', 3: 'opportunity', 4: 'lead' };
const PEOPLE = /^(?:lead|contact)$/u;
const GUID = /^\{?([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\}?$/iu;
/** One number per region; the first has none (product documentation, 2026-11). */
const HOSTS = [
  'crm.dynamics.com',
  ...Array.from({ length: 20 }, (_, index) => `crm${index + 2}.dynamics.com`),
  'crm.dynamics.cn',
  'crm.microsoftdynamics.us',
  'crm.appsplatform.us',
];

const SELECTORS = {
  /** The record's form (EasyRepro, 2022; a public tool, 2026). */
  form: ['[data-id="editFormRoot"]'],
  /** The form's own field: those of a quick view of another record have longer names (three public tools, 2024 to 2026). */
  email: [
    '[data-id="emailaddress1.fieldControl-mail-text-input"]',
    '[data-id="emailaddress1.fieldControl-text-box-text"]',
    '[data-id^="emailaddress1-FieldSectionItemContainer"]',
    '[data-id^="header_emailaddress1"]',
  ],
  /** The title's own text; a child says, localized, whether it is saved (EasyRepro, 2022). */
  title: ['[data-id="header_title"]'],
  name: ['[data-id="fullname.fieldControl-text-box-text"]'],
  /** Rows of a list or of a list within a form, in the grid of today and the one before (EasyRepro, 2022). */
  row: ['.ag-center-cols-container [role=row][row-index]', '[data-id="grid-container"] [role=row]'],
  rowEmail: ['[col-id="emailaddress1"]'],
  rowName: ['[col-id="fullname"]'],
  /** Other records: dialogs, a quick create, side panes (EasyRepro, 2022; general knowledge, 2026-11). */
  aside: ['[role=dialog], [data-id="quickCreateRoot"], [data-id^="sidePane"]'],
};
type DynamicsPage = Page<typeof SELECTORS>;

export const dynamics = defineSite({
  id: 'dynamics',
  label: 'Dynamics 365',
  kind: 'crm',
  matches: HOSTS.map((host) => `https://*.${host}/*`),
  dock: {
    top: 48,
    right: 0,
    bottom: 0,
    reserve: [['body', 'margin-right']],
    avoid: ['[data-id="quickCreateRoot"]', '[data-id^="sidePane"]'],
  },
  selectors: SELECTORS,
  read,
  rows: (page) =>
    listed(page).map(({ anchor, sighting }) => ({ anchor, people: gatherPeople([sighting], new Set()) })),
  root: (document) => document.body,
  expectsPeople: (url) => {
    const { type, id } = addressed(url);
    return PEOPLE.test(type) && id !== undefined;
  },
  route: (url) => {
    const { page, type, id } = addressed(url);
    return [url.pathname, page, type, id].join(' ');
  },
  attributes: ['style', 'hidden', 'aria-hidden', 'href', 'value', 'title', 'data-id', 'row-id'],
});

function read(page: DynamicsPage): PageReading | null {
  const { type, id } = addressed(page.url);
  const record = id === undefined ? undefined : recordOf(page.url, type, id);
  const rows = () => listed(page).map(({ sighting }) => sighting);
  const sightings =
    record === undefined
      ? rows()
      : PEOPLE.test(type)
        ? ofForm(page, record)
        : rows().map((row): Sighting => ({ ...row, role: 'participant' }));
  if (sightings.length === 0) return null;
  // Nothing in the page says which record it shows, but two seldom have one address.
  const viewId = record && sightings[0]?.addresses.find((address) => address)?.toLowerCase();
  return makeReading(dynamics, record ? 'record' : 'list', { viewId, sightings });
}

function ofForm({ document, select }: DynamicsPage, record: ExternalId): Sighting[] {
  const visible = visibility(select.aside.join());
  const [form, ...others] = all(document, ...select.form).filter(visible);
  if (form === undefined || others.length > 0) return [];
  const fields = all(form, ...select.email).filter(visible);
  const titles = all(form, ...select.title).filter(visible);
  if (fields.length === 0 && titles.length === 0) return [];
  const inputs = fields.filter((field) => field.matches('input'));
  const links = fields.flatMap((field) => all(field, 'a[href^="mailto:"]'));
  return [
    {
      role: 'record',
      addresses: withPrints(
        [
          ...inputs.map((input) => addressIn(fieldText(input))),
          ...links.map((link) => mailtoIn(link.getAttribute('href'))),
        ],
        links.map((link) => link.textContent),
      ),
      names: [...all(form, ...select.name).map(fieldText), ...titles.map(ownText)],
      record,
    },
  ];
}

/** The leads or contacts of the grid, and those of the grids within a form. */
function listed({ document, url, select }: DynamicsPage) {
  const { page, type } = addressed(url);
  // Dashboards show rows of several kinds.
  if (page !== 'entitylist' && page !== 'entityrecord') return [];
  const wanted = page === 'entitylist' ? type : 'contact';
  if (!PEOPLE.test(wanted)) return [];
  const visible = visibility(select.aside.join());
  return all(document, ...select.row)
    .filter(visible)
    .flatMap((row) => {
      const links = all(row, 'a[href*="etn="]').flatMap((link) => {
        const href = link.getAttribute('href') ?? '';
        return URL.canParse(href, url.href) ? [{ link, target: addressed(new URL(href, url)) }] : [];
      });
      // A row may link an account or a parent, too: it names its own record itself.
      const own = GUID.exec(row.getAttribute('row-id') ?? '')?.[1]?.toLowerCase();
      const found = links.find(({ target }) => target.type === wanted && (own ?? target.id) === target.id);
      const id = found?.target.id;
      if (found === undefined || id === undefined) return [];
      const names = [...all(row, ...select.rowName).map(fieldText), found.link.textContent];
      const record = recordOf(url, wanted, id);
      const addresses = mailsIn(all(row, ...select.rowEmail)[0]);
      const sighting: Sighting = { role: 'record', addresses, names, record };
      return [{ anchor: found.link.closest('[role=gridcell]') ?? row, sighting }];
    });
}

interface Addressed {
  page: string;
  type: string;
  id: string | undefined;
}

/** What `main.aspx?…` shows: which kind of page, of which type, and of which record. */
function addressed({ searchParams }: URL): Addressed {
  const type = searchParams.get('etn') ?? TYPES[searchParams.get('etc') ?? ''] ?? '';
  const id = GUID.exec(searchParams.get('id') ?? '')?.[1]?.toLowerCase();
  // Older addresses name no kind of page.
  const page = searchParams.get('pagetype') ?? (id === undefined ? '' : 'entityrecord');
  return { page, type: type.toLowerCase(), id: page === 'entityrecord' ? id : undefined };
}

const recordOf = (url: URL, type: string, id: string): ExternalId => ({
  system: 'dynamics',
  tenant: url.host,
  type,
  id,
});

/** What an element is called, or its text without that of its children. */
function ownText(element: Element): string {
  const text = [...element.childNodes].map((node) => (node.nodeType === 3 ? node.nodeValue : '')).join('');
  return cleanText(element.getAttribute('title')) || cleanText(text);
}
