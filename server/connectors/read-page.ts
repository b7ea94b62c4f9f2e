import { isDeepStrictEqual } from 'node:util';
import type { PullName } from '../../utils/contract/source.ts';
import { Cursor, type Page } from './connector.ts';
import { ITEMS, type Items, pullOf } from './items.ts';
import type { OpenSource } from './open-source.ts';
import type { StoredPull } from './pull-store.ts';
import { fieldsOf } from './read-answer.ts';
import { SourceError } from './source-error.ts';

/** So many bad items and no good one: it is not the items that are bad, the hub misunderstands the system. */
const ALL_BAD = 5;

/** A page of which every item is what it must be. */
export interface ReadPage<Name extends PullName> {
  items: Items[Name][];
  next: Cursor | null;
  total: number | null;
  skipped: number;
  /** Where the last bad item is wrong; never what it says there. */
  lastProblem: string | null;
}

/**
 * Asks for the next page of a pull, and leaves out what cannot be taken.
 *
 * @throws SourceError
 */
export async function readPage<Name extends PullName>(
  { connector, io }: Pick<OpenSource, 'connector' | 'io'>,
  name: Name,
  { since, cursor }: Pick<StoredPull, 'since' | 'cursor'>,
): Promise<ReadPage<Name>> {
  const pull = pullOf(connector, name);
  if (!pull) return { items: [], next: null, total: null, skipped: 0, lastProblem: null };
  const page: Page<unknown> = await pull(io, { since: since === null ? null : new Date(since), cursor });
  const next = Cursor.nullable().parse(page.next);
  if (next !== null && isDeepStrictEqual(next, cursor))
    throw new SourceError('unreadable', { detail: 'the next page is the same one' });
  const items: Items[Name][] = [];
  let lastProblem: string | null = null;
  for (const item of page.items) {
    const parsed = ITEMS[name].safeParse(item);
    if (parsed.success) items.push(parsed.data as Items[Name]);
    else lastProblem = `${fieldsOf(parsed.error)}: not what it must be`;
  }
  const skipped = page.items.length - items.length;
  if (items.length === 0 && skipped >= ALL_BAD) throw new SourceError('unreadable', { detail: lastProblem });
  return { items, next, total: page.total ?? null, skipped, lastProblem };
}
