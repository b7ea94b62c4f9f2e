import { z } from 'zod';
import { Instant } from '../../../utils/contract/primitives.ts';
import type { Pull, SourceIo, SourceRecord } from '../connector.ts';
import { shortId } from './my-domain.ts';
import { fieldsOf } from '../row-fields.ts';
import { says, SourceError } from '../source-error.ts';
import type { SourceRequestOptions } from '../source-request.ts';

/** Winter '26; every release is kept for three years at least. */
export const API = '/services/data/v65.0';
/** The most that a query gives at once; wide rows may come in smaller lots. */
const PAGE_ROWS = 2_000;
/** Of the organisation's requests in 24 hours; the rest is for whatever else it has connected. */
export const OUR_SHARE = 0.8;
/** The 24 hours slide, so some requests are free again soon. */
const PAUSE_MS = 60 * 60_000;
const EXCEEDED_PAUSE_MS = 15 * 60_000;

/** `2026-11-22T09:30:00.000+0000` */
export const Moment = z.string().transform((text, context) => {
  const time = new Date(text.replace(/\+0000$/, 'Z'));
  if (!Number.isNaN(time.getTime())) return time.toISOString();
  context.addIssue('is no time');
  return z.NEVER;
});
export const RecordId = z.string().regex(/^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/);

type Io = SourceIo<unknown>;

/** What is asked of one kind of record, and what becomes of each. */
export interface Feed<Item> {
  object: string;
  fields: readonly string[];
  /** Of the fields, those that may be hidden from the user; they are done without. */
  dispensable: readonly string[];
  by: string;
  where: (now: Date) => string[];
  /** Left out where all there is comes in by other feeds. */
  isForRecentOnly: boolean;
  schema: z.ZodType<Answer<Item>>;
}
interface Answer<Item> {
  done: boolean;
  records: { id: string; at: string; items: Item[] }[];
}

/** Every row has the id and the time that it is pulled by. */
type KeyedRow = z.ZodObject<{ Id: typeof RecordId; SystemModstamp: typeof Moment }>;

/**
 * Declares a feed. The fields that are asked for are those of `row`; one that is `nullish` there may be hidden from
 * the user whom the administrator signed in, by field-level security, and is done without.
 */
export function defineFeed<Row extends KeyedRow, Item>({
  object,
  row,
  items,
  by = 'SystemModstamp',
  where = () => [],
  isForRecentOnly = false,
}: {
  object: string;
  row: Row;
  items: (row: z.infer<Row>) => Item[];
  by?: keyof z.infer<Row> & string;
  where?: (now: Date) => string[];
  isForRecentOnly?: boolean;
}): Feed<Item> {
  const fields = fieldsOf(row);
  const schema = z.object({
    done: z.boolean(),
    records: z.array(
      row.transform((read) => {
        const { Id, [by]: at } = read as Record<string, string>;
        return { id: Id ?? '', at: at ?? '', items: items(read) };
      }),
    ),
  });
  return {
    object,
    fields: fields.map(({ name }) => name),
    dispensable: fields.filter(({ isDispensable }) => isDispensable).map(({ name }) => name),
    by,
    where,
    isForRecentOnly,
    schema,
  };
}

/** Where a pull is: after which row of which feed. */
const Place = z.object({
  feed: z.int().nonnegative(),
  at: Instant.nullable(),
  id: RecordId.nullable(),
  /** Fields that are hidden from the user. */
  hidden: z.string(),
  /** Our share of the organisation's requests is used up until then. */
  pausedUntil: Instant.nullable(),
  usage: z.string().nullable(),
});
type Place = z.infer<typeof Place>;
const START: Place = { feed: 0, at: null, id: null, hidden: '', pausedUntil: null, usage: null };

/**
 * Pulls feeds one after the other, each by its rows' time and id: where a page ends is in its rows, so that the next one
 * can be asked for after any time and by any process. The system's own way (`nextRecordsUrl`) holds a snapshot that
 * expires, of which a user has few.
 */
export function pullFeeds<Item>(feeds: readonly Feed<Item>[]): Pull<unknown, Item> {
  return async (io, { since, cursor }) => {
    const place = Place.catch(START).parse(cursor);
    if (place.pausedUntil !== null && io.now() < new Date(place.pausedUntil))
      throw new SourceError('rate-limited', {
        detail: `api-usage=${place.usage}`,
        retryAt: new Date(place.pausedUntil),
      });
    const wanted = feeds.filter(({ isForRecentOnly }) => since !== null || !isForRecentOnly);
    const feed = wanted[place.feed];
    if (!feed) return { items: [], next: null };
    const { answer, hidden } = await readPage(io, feed, place, since);
    const { done, records } = answer.body;
    const last = records.at(-1);
    const usage = usageIn(answer.headers);
    const isEnd = last === undefined || (done && records.length < PAGE_ROWS);
    const next: Place = {
      ...(isEnd ? { ...START, feed: place.feed + 1 } : { ...place, at: last.at, id: last.id, hidden }),
      pausedUntil: usage.share < OUR_SHARE ? null : new Date(io.now().getTime() + PAUSE_MS).toISOString(),
      usage: usage.text,
    };
    return { items: records.flatMap(({ items }) => items), next: next.feed < wanted.length ? next : null };
  };
}

async function readPage<Item>(io: Io, feed: Feed<Item>, place: Place, since: Date | null) {
  const read = (hidden: string) =>
    ask(io, `${API}/query`, {
      query: { q: soql(feed, { ...place, hidden }, since, io.now()) },
      schema: feed.schema,
    });
  for (let { hidden } = place; ;) {
    try {
      return { answer: await read(hidden), hidden };
    } catch (error) {
      if (says(error, 'INVALID_TYPE')) throw new SourceError('forbidden', { detail: feed.object });
      if (!says(error, 'INVALID_FIELD')) throw error;
      const more = (await hiddenFields(io, feed, hidden)).join();
      if (more === hidden) throw error;
      hidden = more;
    }
  }
}

function soql<Item>({ object, fields, by, where }: Feed<Item>, place: Place, since: Date | null, now: Date) {
  const hidden = place.hidden.split(',');
  const from = place.at ?? since?.toISOString();
  const conditions = [
    ...where(now),
    // The first of the two is the one that an index serves.
    ...(from === undefined ? [] : [`${by} >= ${from}`]),
    ...(place.id === null ? [] : [`(${by} > ${from} OR Id > '${place.id}')`]),
  ];
  return [
    `SELECT ${fields.filter((name) => !hidden.includes(name)).join(', ')} FROM ${object}`,
    ...(conditions.length > 0 ? [`WHERE ${conditions.join(' AND ')}`] : []),
    `ORDER BY ${by}, Id LIMIT ${PAGE_ROWS}`,
  ].join(' ');
}

/**
 * Which of the fields are not shown to the user. The message of a refusal is in the user's language: we do not read it.
 *
 * @param without what was refused even without these.
 */
async function hiddenFields(io: Io, { object, dispensable }: Feed<unknown>, without: string) {
  const { fields } = await describe(io, object);
  const names = new Set(fields.map(({ name }) => name));
  const hidden = dispensable.filter((name) => !names.has(name.replace(/\..*$/, 'Id')));
  // A reference is described even where the object it leads to may not be read.
  const isKnown = hidden.length === 0 || hidden.join() === without;
  return isKnown ? dispensable.filter((name) => name.includes('.') || hidden.includes(name)) : hidden;
}

const Description = z.object({
  createable: z.boolean().optional(),
  fields: z.array(z.object({ name: z.string() })),
});

/** What the user may see of a kind of record. @throws SourceError `not-found` when nothing. */
export async function describe(io: Io, object: string): Promise<z.infer<typeof Description>> {
  const { body } = await ask(io, `${API}/sobjects/${object}/describe`, { schema: Description });
  return body;
}

/** Asks, and gives the refusals that Salesforce puts into words of its own their meaning. @throws SourceError */
export async function ask<T>(io: Io, path: string, options: SourceRequestOptions<T>) {
  try {
    return await io.request(path, options);
  } catch (error) {
    if (says(error, 'REQUEST_LIMIT_EXCEEDED'))
      throw new SourceError('rate-limited', {
        detail: 'REQUEST_LIMIT_EXCEEDED',
        retryAt: new Date(io.now().getTime() + EXCEEDED_PAUSE_MS),
        status: 403,
      });
    if (says(error, 'QUERY_TIMEOUT'))
      throw new SourceError('timeout', { detail: 'QUERY_TIMEOUT', status: 400 });
    throw error;
  }
}

/** E.g. `api-usage=18/5000`, on every answer. */
function usageIn(headers: Headers): { text: string | null; share: number } {
  const [text = null, used, of] =
    /(?<![\w-])api-usage=(\d+)\/(\d+)/.exec(headers.get('sforce-limit-info') ?? '') ?? [];
  return { text: text && `${used}/${of}`, share: text === null ? 0 : Number(used) / Number(of) };
}

/** Leads' ids begin with 00Q, contacts' with 003, in every organisation. */
export function personRecord(id: string): SourceRecord {
  return recordOf(id.startsWith('00Q') ? 'Lead' : 'Contact', id);
}

export function recordOf(type: 'Lead' | 'Contact', id: string): SourceRecord {
  return { type, id: shortId(id) };
}
