import type { PageReading } from '../contract/page-reading.ts';
import { addressIn, all, fieldText, mailtoIn, visibility } from './dom.ts';
import { gatherPeople, makeReading, type Sighting } from './people.ts';
import { shownAddress } from './pick-selector.ts';
import { defineSite, type Page } from './site.ts';

const selectors = {
  /** What the user has pointed at takes the place of these two, which are in no page, and of all else. */
  pickedEmail: ['tandem-picked-email'],
  pickedName: ['tandem-picked-name'],
  /** Where a page says it is about; without any, the body. (HTML and ARIA landmarks.) */
  main: ['main', '[role="main"]', 'article'],
  /** What surrounds it, and what others wrote in it. */
  aside: ['header', 'nav', 'footer', 'aside', 'blockquote', '[contenteditable="true"]', '[role="dialog"]'],
  link: ['a[href^="mailto:" i]'],
  /** schema.org microdata; microformats h-card and its elder hCard. */
  card: ['[itemscope][itemtype$="schema.org/Person"]', '.h-card', '.vcard'],
  cardEmail: ['[itemprop="email"]', '.u-email', '.email'],
  cardName: ['[itemprop="name"]', '.p-name', '.fn'],
  data: ['script[type="application/ld+json"]'],
  row: ['tr', 'li', '[role="row"]'],
};
type View = Page<typeof selectors>;

/** With more people than this a page is a list of them, not the page of one or a few. */
const MAX_OF_RECORD = 25;

/** Any page that says in standard words whom it shows, or on which the user has pointed at them. */
export const generic = defineSite({
  id: 'generic',
  label: 'Web',
  kind: 'crm',
  matches: [],
  dock: { top: 0, right: 0, bottom: 0 },
  selectors,
  read,
  rows,
  root: (document) => document.body,
  // Most pages of a system show nobody, and none can be told by its address.
  expectsPeople: () => false,
  route: ({ pathname, search, hash }) => pathname + search + hash,
  attributes: ['href', 'content', 'hidden', 'aria-hidden'],
});

function read(page: View): PageReading | null {
  const sightings = pickedOn(page) ?? standardOn(page);
  const people = gatherPeople(sightings, new Set());
  const [first] = people;
  if (first === undefined) return null;
  const view = people.length > MAX_OF_RECORD ? 'list' : 'record';
  return makeReading(generic, view, { viewId: view === 'record' ? first.email : undefined, sightings });
}

function rows(page: View) {
  if (pickedOn(page) !== null) return [];
  const found = new Map<Element, Sighting[]>();
  for (const link of linksOn(page)) {
    const row = link.closest(page.select.row.join());
    if (row !== null) found.set(row, [...(found.get(row) ?? []), ofLink(link)]);
  }
  if (found.size < 2) return [];
  return [...found].map(([row, sightings]) => ({
    anchor: row.querySelector('td, th, [role="cell"]') ?? row,
    people: gatherPeople(sightings, new Set()),
  }));
}

/** Those the user has pointed at: the first name belongs to the first address, and so on. */
function pickedOn({ document, select }: View): Sighting[] | null {
  if (select.pickedEmail === selectors.pickedEmail) return null;
  const names = all(document, ...select.pickedName);
  return all(document, ...select.pickedEmail).map((element, at) => ({
    role: 'record',
    addresses: [shownAddress(element)],
    names: [names[at] && fieldText(names[at])],
  }));
}

function standardOn(page: View): Sighting[] {
  const { document, select } = page;
  const shown = shownOn(page);
  const cards = all(scopeOf(page), ...select.card).filter(shown);
  return [
    ...cards.flatMap((card): Sighting[] => {
      const names = all(card, ...select.cardName).map(fieldText);
      return all(card, ...select.cardEmail).map((email) => ({
        role: 'record',
        addresses: [addressOf(email)],
        names,
      }));
    }),
    ...linksOn(page).map(ofLink),
    ...all(document, ...select.data).flatMap((script) => personsIn(script.textContent)),
  ];
}

const scopeOf = ({ document, select }: View) => all(document, ...select.main)[0] ?? document.body;

const shownOn = ({ select }: View) => visibility(select.aside.join());

const linksOn = (page: View) => all(scopeOf(page), ...page.select.link).filter(shownOn(page));

const ofLink = (link: Element): Sighting => ({
  role: 'record',
  addresses: [addressOf(link)],
  names: [link.textContent],
});

/** An address that stands in an attribute: text may be anything. */
const addressOf = (element: Element) =>
  mailtoIn(element.getAttribute('href')) ?? addressIn(element.getAttribute('content'));

const MAX_DATA = 100_000;
const MAX_DEPTH = 6;

/** The schema.org persons with an address in a page's JSON-LD; nobody where it is broken or too large. */
function personsIn(json: string): Sighting[] {
  if (json.length > MAX_DATA) return [];
  try {
    return personsWithin(JSON.parse(json), MAX_DEPTH);
  } catch {
    return [];
  }
}

function personsWithin(value: unknown, depth: number): Sighting[] {
  if (typeof value !== 'object' || value === null || depth === 0) return [];
  const inner = Object.values(value).flatMap((one) => personsWithin(one, depth - 1));
  const { '@type': type, email, name } = value as Record<string, unknown>;
  const isPerson = type === 'Person' || (Array.isArray(type) && type.includes('Person'));
  if (!isPerson || typeof email !== 'string') return inner;
  return [
    { role: 'record', addresses: [mailtoIn(email) ?? email], names: [typeof name === 'string' ? name : ''] },
    ...inner,
  ];
}
