import { z } from 'zod';
import type { FakeRecord } from './account.ts';
import { invalid } from './refusals.ts';

/** How long a search does not know of what was made or changed. */
export const INDEX_DELAY_MS = 8_000;
const WALL = 10_000;

const Filter = z.object({
  propertyName: z.string(),
  operator: z.enum(['EQ', 'NEQ', 'LT', 'LTE', 'GT', 'GTE']),
  value: z.string(),
});
type Filter = z.infer<typeof Filter>;
const Search = z.object({
  filterGroups: z.array(z.object({ filters: z.array(Filter).min(1).max(6) })).max(5),
  // One is all that is sorted by; a second one is refused.
  sorts: z.array(z.string()).max(1),
  properties: z.array(z.string()),
  limit: z.int().min(1).max(200),
  after: z.coerce.number().int().nonnegative(),
});

type Known = Record<string, string | null>;

/** Answers `POST /crm/v3/objects/{type}/search`; now and then with a page that is shorter than was asked for. */
export function search(records: Iterable<FakeRecord>, body: unknown, now: Date): Response {
  const parsed = Search.safeParse(body);
  if (!parsed.success) return invalid(`Invalid input JSON: ${parsed.error.issues[0]?.path.join('.') ?? ''}`);
  const { filterGroups, sorts, properties, limit, after } = parsed.data;
  if (filterGroups.flatMap(({ filters }) => filters).length > 18) return invalid('too many filters');
  if (after + limit > WALL) return invalid('The requested offset is too large: at most 10,000 results.');
  const groups = filterGroups.map(({ filters }) => filters.map(fitting));
  const [order = 'hs_object_id'] = sorts;
  const found = [...records]
    .flatMap((record) => {
      const known = indexed(record, now);
      const read = (name: string) => (known ? numberIn(record, known, name) : NaN);
      return known && groups.some((filters) => filters.every((fits) => fits(read)))
        ? [{ record, known, rank: read(order) }]
        : [];
    })
    .sort((one, other) => one.rank - other.rank);
  const size = found.length % 17 === 3 ? Math.ceil(limit * 0.7) : limit;
  const page = found.slice(after, after + size);
  const end = after + page.length;
  return Response.json({
    total: found.length,
    results: page.map(({ record, known }) => shown(record, known, properties)),
    ...(end < found.length && { paging: { next: { after: String(end) } } }),
  });
}

/** A record as answers have it: with the fields that were asked for, null where they are empty. */
export function shown(record: FakeRecord, known: Known, properties: readonly string[]) {
  const { id, createdAt, changedAt, archived } = record;
  const named = properties.map((name) => [name, known[name] ?? null] as const);
  return {
    id,
    properties: { ...Object.fromEntries(named), hs_object_id: id },
    createdAt: new Date(createdAt).toISOString(),
    updatedAt: new Date(changedAt).toISOString(),
    archived,
  };
}

/** What a search knows of a record; null: nothing yet, or nothing any more. */
function indexed({ properties, before, changedAt, archived }: FakeRecord, now: Date): Known | null {
  const isNoticed = now.getTime() - changedAt >= INDEX_DELAY_MS;
  return archived ? null : isNoticed ? properties : before;
}

/** Nothing is greater, less than or equal to an empty field. */
function fitting({ propertyName, operator, value }: Filter): (read: (name: string) => number) => boolean {
  const right = valueOf(value);
  return (read) => {
    const left = read(propertyName);
    if (operator === 'EQ') return left === right;
    if (operator === 'NEQ') return left !== right;
    if (operator === 'GT') return left > right;
    if (operator === 'GTE') return left >= right;
    return operator === 'LT' ? left < right : left <= right;
  };
}

/** A field as a number. Each search looks at every record, so dates are not read where they are known. */
function numberIn({ id, properties, changedAt }: FakeRecord, known: Known, name: string): number {
  if (name === 'hs_object_id') return Number(id);
  const isChange = name === 'lastmodifieddate' || name === 'hs_lastmodifieddate';
  return isChange && known === properties ? changedAt : valueOf(known[name]);
}

const valueOf = (text: string | null | undefined): number =>
  text == null ? NaN : /^\d+$/.test(text) ? Number(text) : Date.parse(text);
