import { addressIn, all } from '../dom.ts';
import type { Sighting } from '../people.ts';
import { ROW } from './selectors.ts';

/** The participants of a row (captured 2014 and 2019). */
const PARTICIPANTS = 'div.yW';
/** Where older builds repeat them, hidden, for screen readers (captured 2014). */
const REPEATED = '.afn';
/** The cell around both, plain and vertical split (captured 2014 and 2019). */
const CELL = 'td.yX, td.apy, td.apx';
/** Advertisements (InboxSDK, 2026-07). */
const ADS = ['.am0', '.bvA'];

/** Who takes part in the conversations a view lists; null where it lists none. */
export function readList(view: Element, visible: (element: Element) => boolean): Sighting[] | null {
  const ads = new Set(all(view, ...ADS).map((ad) => ad.closest(ROW)));
  const rows = all(view, ROW).filter((row) => visible(row) && !ads.has(row));
  if (rows.length === 0) return null;
  const people = new Map<Element | null, { shown: Element[]; repeated: Element[]; other: Element[] }>();
  for (const row of rows) people.set(row, { shown: [], repeated: [], other: [] });
  for (const person of all(view, '[email]', '[data-hovercard-id]')) {
    const row = people.get(person.closest(ROW));
    if (row === undefined) continue;
    if (person.closest(PARTICIPANTS)) row.shown.push(person);
    else if (person.closest(REPEATED)) row.repeated.push(person);
    else if (person.closest(CELL)) row.other.push(person);
  }
  return [...people.values()].flatMap(({ shown, repeated, other }) => {
    const again = new Set(repeated.map(addressOf));
    return (shown.length > 0 ? shown : other).map((person): Sighting => ({
      role: 'list-sender',
      addresses: [person.getAttribute('email'), person.getAttribute('data-hovercard-id')],
      names: [person.getAttribute('name'), person.textContent],
      uncertain: again.size > 0 && !again.has(addressOf(person)),
    }));
  });
}

function addressOf(person: Element): string | undefined {
  return addressIn(person.getAttribute('email') ?? person.getAttribute('data-hovercard-id'))?.toLowerCase();
}
