import { z } from 'zod';
import type { Cursor } from '../connector.ts';
import { SourceError } from '../source-error.ts';
import { OBJECTS, Paging, Properties } from './answers.ts';
import type { Io } from './settings.ts';

/** The most that a page of a search may hold. */
const PAGE_SIZE = 200;

const Results = z.object({
  total: z.int(),
  results: z.array(z.object({ id: z.string(), properties: Properties })),
  paging: Paging,
});
export type FoundRecord = z.infer<typeof Results>['results'][number];

/** Records changed at `at` or later; with `afterId`, those changed at exactly `at` whose ids are greater. */
const Position = z.object({ at: z.int(), afterId: z.string().nullable() });
type Position = z.infer<typeof Position>;

interface Filter {
  propertyName: string;
  operator: 'GTE' | 'LTE' | 'GT' | 'EQ';
  value: string;
}

export interface ChangedSearch {
  /** E.g. `contacts`. */
  type: string;
  properties: readonly string[];
  /** The field that says when a record was changed. */
  changedBy: string;
  since: Date | null;
  cursor: Cursor | null;
  /** Records of any change that are wanted as well, in their order among the others. */
  also?: readonly Filter[];
}

/**
 * Reads the next page of the records of a type that were changed, the oldest change first.
 *
 * A search ends at 10,000 results, its paging is by offset, so that a change meanwhile would push a record over the
 * edge between two pages, and it sorts by one field only. So each page is a search of its own that begins at the last
 * one's latest change. What was changed at that very moment comes twice, which does no harm. Where a whole page was
 * changed at one moment, as by an import, its records are paged through by id, and then those after that moment.
 */
export async function searchChanged(
  io: Io,
  search: ChangedSearch,
): Promise<{ records: FoundRecord[]; next: Position | null; total?: number }> {
  const start = { at: search.since?.getTime() ?? 0, afterId: null };
  const position = Position.safeParse(search.cursor).data ?? startOf(start, search);
  const { body } = await io.request(`${OBJECTS}/${search.type}/search`, {
    method: 'POST',
    repeatable: true,
    // All five are required by HubSpot's description.
    body: {
      filterGroups: filterGroups(search, position),
      sorts: [position.afterId === null ? search.changedBy : 'hs_object_id'],
      properties: [search.changedBy, ...search.properties],
      limit: PAGE_SIZE,
      after: 0,
    },
    schema: Results,
  });
  return {
    records: body.results,
    next: positionAfter(body.results, position, { hasMore: body.paging?.next != null, ...search }),
    ...(search.cursor === null && { total: body.total }),
  };
}

/** What is wanted as well may have been changed long ago. */
const startOf = (start: Position, { also }: ChangedSearch): Position => (also ? { ...start, at: 0 } : start);

function filterGroups({ changedBy, since, also }: ChangedSearch, { at, afterId }: Position) {
  const filter = (operator: Filter['operator'], value: number): Filter => ({
    propertyName: changedBy,
    operator,
    value: String(value),
  });
  if (afterId !== null)
    return [
      { filters: [filter('EQ', at), { propertyName: 'hs_object_id', operator: 'GT', value: afterId }] },
    ];
  const changed = { filters: [filter('GTE', Math.max(at, since?.getTime() ?? 0))] };
  return also ? [changed, { filters: [filter('GTE', at), ...also] }] : [changed];
}

function positionAfter(
  records: readonly FoundRecord[],
  { at, afterId }: Position,
  { hasMore, changedBy, type }: { hasMore: boolean; changedBy: string; type: string },
): Position | null {
  const last = records.at(-1);
  if (afterId !== null) return hasMore && last ? { at, afterId: last.id } : { at: at + 1, afterId: null };
  if (!hasMore || !last) return null;
  const latest = Date.parse(last.properties[changedBy] ?? '');
  if (Number.isNaN(latest)) throw new SourceError('unreadable', { detail: `${type}: ${changedBy}` });
  return latest > at ? { at: latest, afterId: null } : { at, afterId: '0' };
}
