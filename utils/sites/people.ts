import type { PageReading, PersonOnPage, ReaderTally } from '../contract/page-reading.ts';
import type { ExternalId } from '../contract/primitives.ts';
import { addressIn, nameIn } from './dom.ts';

type Raw = string | null | undefined;

/** One place of a page that shows a person. */
export interface Sighting {
  role: PersonOnPage['role'];
  /** What each reader found, the most trusted first. Those that answer should agree. */
  addresses: readonly Raw[];
  /** The same for the display name; here the first that says something wins. */
  names: readonly Raw[];
  /** The person's own record, where the page names it. */
  record?: ExternalId;
  /** Set when readers of the page as a whole disagree about this place, or for somebody who has but a name. */
  uncertain?: boolean;
}

/** The bound of `PageReading.people`. */
const MAX_PEOPLE = 2000;

interface Gathered {
  people: PersonOnPage[];
  readers: ReaderTally[];
}

/**
 * The people sighted, each once, in the order and with the role of their first sighting. Leaves out
 * `own` addresses (lower case) and whatever has neither address nor record; a mere name only where the
 * sighting is `uncertain`. Nobody is left out for a name such as "me": that is the mailbox's own word only
 * where the address says so.
 */
export function gatherPeople(sightings: Iterable<Sighting>, own: ReadonlySet<string>): PersonOnPage[] {
  return gather(sightings, own).people;
}

function gather(sightings: Iterable<Sighting>, own: ReadonlySet<string>): Gathered {
  const people: PersonOnPage[] = [];
  const known = new Map<string | undefined, PersonOnPage>();
  const readers = new Map<string, ReaderTally>();
  for (const { role, addresses, names, record, uncertain } of sightings) {
    // Readers mostly find the very same text: cleaning it once halves the cost of a long list.
    const answers = [...new Set(addresses)].map(addressIn).filter((answer) => answer !== undefined);
    const [email] = answers;
    const id = email?.toLowerCase();
    if (id !== undefined && own.has(id)) continue;
    const recordId = record && `${record.system}:${record.tenant ?? ''}:${record.type}:${record.id}`;
    const mereName = uncertain && !recordId && !id ? nameOf(names)?.slice(0, 400) : undefined;
    const identity = recordId ?? id ?? mereName;
    if (identity === undefined) continue;
    const byEmail = known.get(id);
    // One address in two records is two people until somebody merges them.
    let person = known.get(identity) ?? (recordId && byEmail?.record ? undefined : byEmail);
    if (person === undefined) {
      if (people.length === MAX_PEOPLE) break;
      person = { key: `${role}:${identity}`.slice(0, 512), role };
      people.push(person);
    }
    if (email !== undefined && person.email === undefined) person.email = email;
    if (record !== undefined && person.record === undefined) person.record = record;
    known.set(identity, person);
    if (id !== undefined && byEmail === undefined) known.set(id, person);
    if (person.name === undefined) {
      const found = nameOf(names);
      if (found !== undefined) person.name = found;
    }
    const disagreed = answers.some((answer) => answer.toLowerCase() !== person.email?.toLowerCase());
    if (uncertain || disagreed) person.uncertain = true;
    tally(readers, role, addresses, email, disagreed);
  }
  return { people, readers: [...readers.values()] };
}

/** The first of these that is a name. */
export function nameOf(names: Sighting['names']): string | undefined {
  for (const raw of names) {
    const found = nameIn(raw);
    if (found !== undefined) return found;
  }
  return undefined;
}

function tally(
  readers: Map<string, ReaderTally>,
  role: PersonOnPage['role'],
  addresses: readonly Raw[],
  email: string | undefined,
  disagreed: boolean,
): void {
  let of = readers.get(role);
  if (of === undefined) readers.set(role, (of = { role, won: [], disagreed: 0 }));
  const winner = email === undefined ? -1 : addresses.findIndex((raw) => raw?.includes(email));
  if (winner >= 0 && winner < 10) {
    while (of.won.length <= winner) of.won.push(0);
    of.won[winner]!++;
  }
  if (disagreed) of.disagreed++;
}

/** What a site says of a page, as a `PageReading`. `own`: addresses of the user, lower case. */
export function makeReading(
  { id }: { id: string },
  view: PageReading['view'],
  of: {
    viewId?: string | undefined;
    account?: string | undefined;
    own?: ReadonlySet<string>;
    sightings: Iterable<Sighting>;
  },
): PageReading {
  const { people, readers } = gather(of.sightings, of.own ?? new Set());
  return {
    site: id,
    view,
    ...(of.viewId !== undefined && { viewId: of.viewId }),
    ...(of.account !== undefined && { account: of.account }),
    people,
    ...(readers.length > 0 && { readers }),
  };
}
