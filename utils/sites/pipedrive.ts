import type { PageReading } from '../contract/page-reading.ts';
import type { ExternalId } from '../contract/primitives.ts';
import { all, fieldText, mailsIn, mailsOf, outermost, visibility } from './dom.ts';
import { gatherPeople, makeReading, type Sighting } from './people.ts';
import { defineSite, type Page } from './site.ts';

/** The records' own pages (public files, 2025 to 2026); a lead opens in a drawer over the leads inbox. */
const RECORD = /^\/(person|organization|deal)\/(\d+)(?:\/|$)|^\/leads\/inbox\/([\da-f-]{36})(?:\/|$)/u;
const PERSON_LINK = 'a[href*="/person/"]';
const MAILTO = 'a[href^="mailto:"]';

const SELECTORS = {
  /** Older pages keep the views before as hidden siblings (ringcentral, 2022). */
  view: ['.viewContainer'],
  /** A person's details; the second on the pages of other records, too (public tools, 2025 to 2026). */
  details: ['[data-testid="detail-block"]', '.detailView.personDetails'],
  person: ['[data-testid="person-block"]'],
  /** A field by its key; its label is localized (clockify, 2026-08; public tool, 2026). */
  email: ['[data-field-key="email"]'],
  /** The name is the value of a text area, whose text is empty (public files, 2025 to 2026). */
  name: ['[data-testid="header-title"] textarea', '[data-testid="header-title"] h1'],
  /** The drawer of a lead (clockify, 2026-08). */
  leadTitle: ['[data-testid="SidebarLeadTitle"]'],
  /** Rows of a list (ringcentral, 2022). */
  row: ['.gridContent__table tbody tr'],
  /** Whose row it is, in lists of persons, deals and leads (by analogy with `person.phone`, ringcentral, 2022). */
  rowPerson: ['td[data-field="person.name"]', 'td[data-field$=".person_id"]', 'td[data-field$=".person"]'],
  rowEmail: ['td[data-field="person.email"]'],
  /** Dialogs to add or merge (public tests, 2023 to 2026). */
  aside: ['[role=dialog], [role=alertdialog], .cui5-compound-modal'],
};
type PipedrivePage = Page<typeof SELECTORS>;

export const pipedrive = defineSite({
  id: 'pipedrive',
  label: 'Pipedrive',
  kind: 'crm',
  matches: ['https://*.pipedrive.com/*'],
  dock: { top: 56, right: 0, bottom: 0, reserve: [['body', 'margin-right']] },
  selectors: SELECTORS,
  read,
  rows: (page) =>
    listed(page).map(({ anchor, sighting }) => ({ anchor, people: gatherPeople([sighting], new Set()) })),
  root: (document) => document.body,
  expectsPeople: (url) => {
    const [, type, , lead] = RECORD.exec(url.pathname) ?? [];
    return type === 'person' || lead !== undefined;
  },
  route: (url) => url.pathname,
  attributes: ['style', 'hidden', 'aria-hidden', 'href', 'value', 'data-field-key', 'data-testid'],
});

function read(page: PipedrivePage): PageReading | null {
  const [, type, id, lead] = RECORD.exec(page.url.pathname) ?? [];
  const list = type === undefined && lead === undefined;
  const sightings = list
    ? listed(page).map(({ sighting }) => sighting)
    : type === 'person'
      ? ofPerson(page, id!)
      : lead === undefined
        ? inBlocks(page)
        : ofLead(page, lead);
  if (sightings.length === 0) return null;
  // Nothing in the page says which record it shows, but two seldom have one address.
  const viewId = list ? undefined : sightings[0]?.addresses.find((address) => address)?.toLowerCase();
  return makeReading(pipedrive, list ? 'list' : 'record', { viewId, sightings });
}

/** What is visible in the view in front; nothing while one replaces another. */
function shownIn({ document, select }: PipedrivePage): (list: readonly string[]) => Element[] {
  const visible = visibility(select.aside.join());
  const views = all(document, ...select.view);
  const [view, ...others] = views.length > 0 ? views.filter(visible) : [document.body];
  return (list) => (others.length > 0 ? [] : all(view, ...list).filter(visible));
}

function ofPerson(page: PipedrivePage, id: string): Sighting[] {
  const shown = shownIn(page);
  const details = shown(page.select.details);
  const blocks = details.length > 0 ? details : shown(page.select.person);
  const [block, ...others] = outermost(blocks.filter((one) => personsIn(one).every((other) => other === id)));
  const names = shown(page.select.name).map(fieldText);
  if (block === undefined || others.length > 0) return [];
  // The primary address comes first.
  const links = all(block, ...page.select.email).flatMap((field) => all(field, MAILTO).slice(0, 1));
  return [{ role: 'record', addresses: mailsOf(links), names, record: recordOf(page.url, 'person', id) }];
}

/** A lead is a person's: its drawer shows that person, whose record may be known when the lead's is not. */
function ofLead(page: PipedrivePage, id: string): Sighting[] {
  const shown = shownIn(page);
  if (shown(page.select.leadTitle).length !== 1) return [];
  const [person, ...others] = inBlocks(page);
  if (person === undefined || others.length > 0) return [];
  const { addresses, names } = person;
  return [
    { role: 'record', addresses, names, record: recordOf(page.url, 'lead', id) },
    { ...person, addresses: [] },
  ];
}

/** The people linked from a deal, a lead or an organization. */
function inBlocks(page: PipedrivePage): Sighting[] {
  return outermost(shownIn(page)(page.select.person)).flatMap((block): Sighting[] => {
    const persons = all(block, PERSON_LINK).flatMap((link) => {
      const id = personAt(link);
      return id === undefined ? [] : [{ link, id }];
    });
    // In an organization's block there are several, and no address says whose it is.
    const fields = all(block, ...page.select.email);
    const addresses = fields.length === 1 ? mailsOf(all(fields[0], MAILTO).slice(0, 1)) : [];
    return persons.map(({ link, id }, _, { length }) => ({
      role: 'participant',
      addresses: length === 1 ? addresses : [],
      names: [link.textContent],
      record: recordOf(page.url, 'person', id),
    }));
  });
}

/** The persons of a list of persons, deals or leads. */
function listed(page: PipedrivePage) {
  return shownIn(page)(page.select.row).flatMap((row) => {
    const [anchor] = all(row, ...page.select.rowPerson);
    const [link] = all(anchor, PERSON_LINK);
    const id = link && personAt(link);
    if (!anchor || id === undefined) return [];
    const addresses = mailsIn(all(row, ...page.select.rowEmail)[0]);
    const names = [link?.textContent];
    const record = recordOf(page.url, 'person', id);
    return [{ anchor, sighting: { role: 'record' as const, addresses, names, record } }];
  });
}

const personAt = (link: Element) =>
  /^(?:https:\/\/[^/]+)?\/person\/(\d+)(?:[/?#]|$)/u.exec(link.getAttribute('href') ?? '')?.[1];
const personsIn = (block: Element) => all(block, PERSON_LINK).flatMap((link) => personAt(link) ?? []);

/** The company's own name stands before the host; behind the common one it cannot be known. */
function recordOf(url: URL, type: string, id: string): ExternalId {
  const [tenant = ''] = url.hostname.split('.');
  return { system: 'pipedrive', ...(tenant !== 'app' && { tenant }), type, id };
}
