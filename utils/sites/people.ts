import type { PersonOnPage } from '../contract/page-reading.ts';
import { addressIn, nameIn } from './dom.ts';

type Raw = string | null | undefined;

/** One place of a page that shows a person. */
export interface Sighting {
  role: PersonOnPage['role'];
  /** What each reader found, the most trusted first. Those that answer should agree. */
  addresses: readonly Raw[];
  /** The same for the display name; here the first that says something wins. */
  names: readonly Raw[];
  /** Set when readers of the page as a whole disagree about this place. */
  uncertain?: boolean;
}

/** The bound of `PageReading.people`. */
const MAX_PEOPLE = 2000;

/**
 * The people sighted, each once, in the order and with the role of their first sighting. Leaves out
 * `own` addresses (lower case) and whatever has no address. Nobody is left out for a name such as "me":
 * that is the mailbox's own word only where the address says so.
 */
export function gatherPeople(sightings: Iterable<Sighting>, own: ReadonlySet<string>): PersonOnPage[] {
  const people = new Map<string, PersonOnPage>();
  for (const { role, addresses, names, uncertain } of sightings) {
    // Readers mostly find the very same text: cleaning it once halves the cost of a long list.
    const answers = [...new Set(addresses)].map(addressIn).filter((answer) => answer !== undefined);
    const [email] = answers;
    const id = email?.toLowerCase();
    if (email === undefined || id === undefined || own.has(id)) continue;
    let person = people.get(id);
    if (person === undefined) {
      if (people.size === MAX_PEOPLE) break;
      person = { key: `${role}:${id}`, email, role };
      people.set(id, person);
    }
    for (const raw of person.name === undefined ? names : []) {
      const name = nameIn(raw);
      if (name !== undefined) {
        person.name = name;
        break;
      }
    }
    if (uncertain || answers.some((answer) => answer.toLowerCase() !== id)) person.uncertain = true;
  }
  return [...people.values()];
}
