import { addressIn } from '../dom.ts';
import type { Sighting } from '../people.ts';
import { ROW } from './selectors.ts';

/** The visible participants of a row, plain and vertical split (captured 2014 and 2019). */
const PARTICIPANTS = 'div.yW';
/** The cell around them; older builds repeat them in a hidden `.afn` there (captured 2014). */
const CELL = 'td.yX, td.apy, td.apx';
/** Advertisements (InboxSDK, 2026-07). */
const AD = '.am0, .bvA';

/** Who takes part in the conversations a view lists; null where it lists none. */
export function readList(view: Element, visible: (element: Element) => boolean): Sighting[] | null {
  const rows = new Map<Element, { shown: Element[]; repeated: Element[] }>();
  for (const row of view.querySelectorAll(ROW)) {
    if (visible(row) && !row.matches(AD)) rows.set(row, { shown: [], repeated: [] });
  }
  for (const ad of view.querySelectorAll(AD)) rows.delete(ad.closest(ROW) ?? ad);
  if (rows.size === 0) return null;
  for (const person of view.querySelectorAll(`${ROW} :is([email], [data-hovercard-id])`)) {
    const row = rows.get(person.closest(ROW) ?? person);
    if (person.closest(PARTICIPANTS)) row?.shown.push(person);
    else if (person.closest(CELL)) row?.repeated.push(person);
  }
  return [...rows.values()].flatMap(({ shown, repeated }) => {
    const others = new Set(repeated.map(addressOf));
    return (shown.length > 0 ? shown : repeated).map((person): Sighting => ({
      role: 'list-sender',
      addresses: [person.getAttribute('email'), person.getAttribute('data-hovercard-id')],
      names: [person.getAttribute('name'), person.textContent],
      uncertain: others.size > 0 && !others.has(addressOf(person)),
    }));
  });
}

function addressOf(person: Element): string | undefined {
  return addressIn(person.getAttribute('email') ?? person.getAttribute('data-hovercard-id'))?.toLowerCase();
}
