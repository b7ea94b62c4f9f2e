import { sql } from 'kysely';
import type { NewTouchpoint } from '../../utils/contract/ingest.ts';
import type { SegmentAnswer } from '../../utils/contract/segment.ts';
import type { WriteTransaction } from '../store/database.ts';
import { findPeople } from '../store/find-people.ts';
import type { PersonRow } from '../store/known-people.ts';
import { storePeople } from '../store/people.ts';
import { storeTouchpoints } from '../store/touchpoints.ts';
import { happenedAt, type Message, type MessageOf, readMessage } from './message.ts';
import { addRecord, addressOf, mergeRows, toCompany, toPerson, userRecord } from './to-person.ts';
import { type Deed, toTouchpoint } from './to-touchpoint.ts';
import { keepWaiting, type Named, nameVisitors, readVisitors, type Visitor } from './waiting.ts';

interface Received {
  index: number;
  message: Message;
}

export interface SegmentPost {
  messages: readonly unknown[];
  /** What a single message is by its address. */
  type?: Message['type'];
  /** When the client sent it, by its clock. */
  sentAt?: unknown;
}

/**
 * Takes what a client of Segment's sends: identify becomes a person, track and page become touchpoints, of whom is
 * known; what visitors do that nobody knows is kept until they are named. A bad message is named in the answer and
 * loses no other. Sent again everything has one effect.
 */
export async function receiveSegment(
  tx: WriteTransaction,
  workspaceId: string,
  post: SegmentPost,
  now: Date,
): Promise<SegmentAnswer> {
  const rejected: NonNullable<SegmentAnswer['rejected']> = [];
  const received = post.messages.flatMap((raw, index): Received[] => {
    const message = readMessage(raw, post.type);
    if (typeof message !== 'string') return [{ index, message }];
    rejected.push({ index, reason: message });
    return [];
  });
  const refused = await storeRows(tx, workspaceId, personRows(workspaceId, received), now);
  const grouped = await storeRows(tx, workspaceId, await laterRows(tx, workspaceId, received), now);
  rejected.push(...refused, ...grouped);

  const unnamed = new Set(rejected.map(({ index }) => index));
  const sound = received.filter(({ index }) => !unnamed.has(index));
  const known = await knownNames(tx, workspaceId, sound);
  const named = visitorsNamed(sound, known);
  const handedOut = await nameVisitors(tx, workspaceId, named, now);
  const stored = await storeDeeds(tx, workspaceId, { received: sound, known, named, post, handedOut }, now);
  rejected.push(...stored);
  rejected.sort((one, other) => one.index - other.index);
  return { success: true, ...(rejected.length > 0 && { rejected }) };
}

interface PlacedRow {
  row: PersonRow;
  indexes: number[];
}

/** One row for each person, of all that a batch says of them. */
function personRows(workspaceId: string, received: readonly Received[]): PlacedRow[] {
  const rows = new Map<string, PlacedRow>();
  for (const { index, message } of received) {
    if (message.type !== 'identify') continue;
    const row = toPerson(workspaceId, message);
    if (row.emails.length === 0 && row.externalIds.length === 0) continue;
    const before = rows.get(row.id);
    rows.set(
      row.id,
      before
        ? { row: mergeRows(before.row, row), indexes: [...before.indexes, index] }
        : { row, indexes: [index] },
    );
  }
  return [...rows.values()];
}

/** What is said of people who must be known for it: their company, and another id of theirs. */
async function laterRows(
  tx: WriteTransaction,
  workspaceId: string,
  received: readonly Received[],
): Promise<PlacedRow[]> {
  const rows = received.flatMap(({ index, message }) => {
    if (message.type === 'alias' && message.userId !== undefined) {
      const row = addRecord(workspaceId, message.previousId, message.userId);
      return [{ index, user: message.previousId, row }];
    }
    const row = message.type === 'group' && message.userId !== undefined && toCompany(workspaceId, message);
    return row ? [{ index, user: message.userId ?? '', row }] : [];
  });
  const present = await areKnown(
    tx,
    workspaceId,
    rows.map(({ user }) => ({ record: userRecord(user) })),
  );
  const merged = new Map<string, PlacedRow>();
  rows.forEach(({ index, row }, place) => {
    if (!present[place]) return;
    const before = merged.get(row.id);
    merged.set(
      row.id,
      before
        ? { row: mergeRows(before.row, row), indexes: [...before.indexes, index] }
        : { row, indexes: [index] },
    );
  });
  return [...merged.values()];
}

async function storeRows(tx: WriteTransaction, workspaceId: string, rows: readonly PlacedRow[], now: Date) {
  if (rows.length === 0) return [];
  const people = rows.map(({ row }) => row);
  const result = await storePeople(tx, workspaceId, people, now, { partial: true });
  return result.rejected.flatMap(({ index, reason }) =>
    (rows[index]?.indexes ?? []).map((place) => ({ index: place, reason })),
  );
}

/** By the key of how they are named: whether somebody is known by that. */
async function knownNames(
  tx: WriteTransaction,
  workspaceId: string,
  received: readonly Received[],
): Promise<Set<string>> {
  const names = received.flatMap(({ message }) => namesOf(message));
  const present = await areKnown(tx, workspaceId, names);
  return new Set(names.flatMap((name, index) => (present[index] ? [nameKey(name)] : [])));
}

/** How a message names its person: by the user id, and an identify without one by the address. */
function namesOf(message: Message): Named[] {
  if (message.userId !== undefined) return [{ record: userRecord(message.userId) }];
  const email = message.type === 'identify' ? addressOf(message) : undefined;
  return email === undefined ? [] : [{ email }];
}

/** Which visitors the messages name, by people who are known. */
function visitorsNamed(received: readonly Received[], known: ReadonlySet<string>): Map<Visitor, Named> {
  const named = new Map<Visitor, Named>();
  for (const { message } of received) {
    const [name] = namesOf(message);
    if (!name || !known.has(nameKey(name))) continue;
    if (message.userId !== undefined) named.set(`u:${message.userId}`, name);
    if (message.anonymousId !== undefined) named.set(`a:${message.anonymousId}`, name);
    if (message.type === 'alias') named.set(`a:${message.previousId}`, name);
  }
  return named;
}

interface Deeds {
  received: readonly Received[];
  known: ReadonlySet<string>;
  named: ReadonlyMap<Visitor, Named>;
  post: SegmentPost;
  handedOut: readonly NewTouchpoint[];
}

async function storeDeeds(
  tx: WriteTransaction,
  workspaceId: string,
  { received, known, named, post, handedOut }: Deeds,
  now: Date,
) {
  const batchSentAt = moment(post.sentAt);
  const deeds = received.flatMap(({ index, message }) =>
    isDeed(message)
      ? [
          {
            index,
            message,
            deed: toTouchpoint(workspaceId, message, happenedAt(message, batchSentAt ?? message.sentAt, now)),
          },
        ]
      : [],
  );
  const unnamed = deeds.flatMap(({ message }): Visitor[] =>
    message.userId === undefined && message.anonymousId !== undefined ? [`a:${message.anonymousId}`] : [],
  );
  const visitors = new Map([...(await readVisitors(tx, workspaceId, unnamed)), ...named]);
  const ready: { index: number; touchpoint: NewTouchpoint }[] = [];
  const waiting: { visitor: Visitor; deed: Deed }[] = [];
  for (const { index, message, deed } of deeds) {
    const [name] = namesOf(message);
    const visitor: Visitor =
      message.userId === undefined ? `a:${message.anonymousId ?? ''}` : `u:${message.userId}`;
    const person = name ? (known.has(nameKey(name)) ? name : undefined) : visitors.get(visitor);
    if (person) ready.push({ index, touchpoint: { ...deed, person } });
    else waiting.push({ visitor, deed });
  }
  await keepWaiting(tx, workspaceId, waiting, now);
  const all = [...ready.map(({ touchpoint }) => touchpoint), ...handedOut];
  if (all.length === 0) return [];
  const result = await storeTouchpoints(tx, workspaceId, all, now);
  // Beyond these stand those that were handed out: whose person is gone meanwhile, they are, too.
  return result.rejected.flatMap(({ index, reason }) => {
    const place = ready[index]?.index;
    return place === undefined ? [] : [{ index: place, reason }];
  });
}

const isDeed = (message: Message): message is MessageOf<'track' | 'page' | 'screen'> =>
  message.type === 'track' || message.type === 'page' || message.type === 'screen';

const nameKey = (name: Named) => JSON.stringify(name);

function moment(value: unknown): Date | undefined {
  const date = new Date(typeof value === 'string' || typeof value === 'number' ? value : Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

async function areKnown(
  tx: WriteTransaction,
  workspaceId: string,
  names: readonly Named[],
): Promise<boolean[]> {
  if (names.length === 0) return [];
  const { rows } = await sql<{ isKnown: boolean }>`
    select n.person_id is not null as "isKnown" from (${findPeople(workspaceId, names)}) n order by n.ord`.execute(
    tx,
  );
  return rows.map(({ isKnown }) => isKnown);
}
