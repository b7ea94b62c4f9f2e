import { all } from '../dom.ts';
import type { Sighting } from '../people.ts';
import { addressesOf, addressOf, namesOf } from './person.ts';
import type { GmailSelectors } from './selectors.ts';

export interface ListedConversation {
  /** The cell that starts with the participants' names. */
  anchor: Element;
  sightings: Sighting[];
}

/** The conversations a view lists that name somebody; null where it lists none. */
export function readList(
  view: Element,
  visible: (element: Element) => boolean,
  select: GmailSelectors,
): ListedConversation[] | null {
  const [rowSelector, participants] = [select.row.join(), select.participants.join()];
  const [repeats, cells] = [select.repeated.join(), select.cell.join()];
  const ads = new Set(all(view, ...select.ads).map((ad) => ad.closest(rowSelector)));
  const rows = all(view, ...select.row).filter((row) => visible(row) && !ads.has(row));
  if (rows.length === 0) return null;
  const people = new Map<Element | null, { shown: Element[]; repeated: Element[]; other: Element[] }>();
  for (const row of rows) people.set(row, { shown: [], repeated: [], other: [] });
  for (const person of all(view, ...select.person)) {
    const row = people.get(person.closest(rowSelector));
    if (row === undefined) continue;
    if (person.closest(participants)) row.shown.push(person);
    else if (person.closest(repeats)) row.repeated.push(person);
    else if (person.closest(cells)) row.other.push(person);
  }
  return [...people.values()].flatMap(({ shown, repeated, other }) => {
    const again = new Set(repeated.map((person) => addressOf(addressesOf(person))));
    const named = shown.length > 0 ? shown : other;
    const [first] = named;
    const anchor = first?.closest(cells) ?? first?.closest(participants);
    if (!anchor) return [];
    const sightings = named.map((person): Sighting => ({
      role: 'list-sender',
      addresses: addressesOf(person),
      names: namesOf(person),
      uncertain: again.size > 0 && !again.has(addressOf(addressesOf(person))),
    }));
    return [{ anchor, sightings }];
  });
}
