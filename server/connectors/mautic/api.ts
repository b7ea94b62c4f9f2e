import { z } from 'zod';
import type { SourceIo } from '../connector.ts';
import { SourceError } from '../source-error.ts';

export interface MauticSettings {
  url: string;
  username: string;
  password: string;
}
export type MauticIo = SourceIo<MauticSettings>;

/** Ids are numbers in one answer and texts in the next; nulls are left out of some. */
export const Id = z.union([z.number(), z.string().min(1)]).transform(String);
export const OptionalId = Id.nullish().transform((id) => id ?? undefined);
export const OptionalText = z
  .string()
  .nullish()
  .transform((text) => text ?? undefined);
export const Count = z.coerce.number().int().nonnegative();
/** `1`, `"1"` or `true`. */
export const Flag = z
  .union([z.string(), z.number(), z.boolean()])
  .nullish()
  .transform((flag) => Boolean(Number(flag)));

/** A list is an object keyed by id, or, when it is empty, an array. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z
    .union([z.array(item), z.record(z.string(), item)])
    .transform((list) => Object.values(list) as z.output<T>[]);

/** A condition of Mautic's `where`. Dates are UTC without saying so: `2026-03-02 08:00:00`. */
export type Clause =
  | { col: string; expr: 'eq' | 'gt' | 'gte' | 'lte' | 'in'; val: string }
  | { col: string; expr: 'isNotNull' }
  | { expr: 'orX'; val: Clause[] };

/** The conditions as PHP reads them from a query: `where[0][col]=id&where[0][expr]=gt&…`. */
export function whereQuery(clauses: readonly Clause[], prefix = 'where'): Record<string, string> {
  return Object.fromEntries(
    clauses.flatMap((clause, index) =>
      Object.entries(clause).flatMap(([name, value]: [string, string | Clause[]]) => {
        const key = `${prefix}[${String(index)}][${name}]`;
        return typeof value === 'string' ? [[key, value]] : Object.entries(whereQuery(value, key));
      }),
    ),
  );
}

/** What happened at or after `since`, by any of these columns. Of rows that were never changed some are null. */
export function changedSince(since: Date | null, columns: readonly string[]): Clause[] {
  if (!since) return [];
  const val = databaseTime(since);
  return [{ expr: 'orX', val: columns.map((col) => ({ col, expr: 'gte', val })) }];
}

/** As Mautic compares dates. */
export const databaseTime = (date: Date) => date.toISOString().slice(0, 19).replace('T', ' ');

/** A moment as the raw tables or the lists write it; undefined: none, or none that can be read. */
export function instant(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const isBare = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?:\.\d+)?$/u.test(text);
  const date = new Date(isBare ? `${text.replace(' ', 'T')}Z` : text);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

const Failure = z.object({ code: z.coerce.number().catch(0) });

/**
 * Rows of one of Mautic's raw tables. They have an id that only grows, so that "after this id" resumes exactly, which
 * the activity stream, newest first and put together from twenty tables, cannot.
 *
 * @throws SourceError
 */
export async function readTable<Row extends z.ZodType>(
  io: MauticIo,
  table: string,
  {
    row,
    where,
    order = 'id',
    limit,
    start = 0,
  }: {
    row: Row;
    where: readonly Clause[];
    order?: string;
    limit: number;
    start?: number;
  },
): Promise<{ rows: z.output<Row>[]; total: number }> {
  const path = `/stats/${table}`;
  const { body } = await io.request(path, {
    query: {
      ...whereQuery(where),
      'order[0][col]': order,
      'order[0][dir]': 'ASC',
      start,
      limit,
    },
    schema: z.union([
      z.object({ stats: listOf(row), total: Count }),
      // Failures of these come with status 200.
      z.object({ errors: z.array(Failure).min(1) }),
      // A plugin that keeps this table is not there.
      z.object({ availableTables: z.array(z.string()) }),
    ]),
  });
  if ('stats' in body) return { rows: body.stats, total: body.total };
  if ('availableTables' in body) return { rows: [], total: 0 };
  const isForbidden = body.errors[0]?.code === 403;
  throw new SourceError(isForbidden ? 'forbidden' : 'rejected', { detail: path });
}
