import { z } from 'zod';
import type { SourceIo } from '../connector.ts';
import { SourceError } from '../source-error.ts';
import type { SourceAnswer, SourceRequestOptions } from '../source-request.ts';
import type { Settings } from './settings.ts';

export type Io = SourceIo<Settings>;

/** It says nothing of how soon a change is shown; also as old as what was read for several pages may be. */
export const LATE_MS = 10 * 60_000;

/** The most rows of a page, and the most that may be asked for by id. */
export const PAGE = 500;
const IDS = 100;
/**
 * Version 1 pages by offset, in the order in which rows were made: what is archived meanwhile moves the rest up, so
 * pages overlap by more than anybody archives between two of them.
 */
const OVERLAP = 10;

/** The window of the short limit is of two seconds; whoever waits longer for it waits for something else. */
const BURST_MS = 10_000;

type Query = Readonly<Record<string, string | number | boolean | undefined>>;

const More = z.object({ more_items_in_collection: z.boolean().nullish() });
const Additional = More.extend({
  next_cursor: z.string().nullish(),
  // Beside the description, some lists have it in here.
  pagination: More.nullish(),
}).nullish();

const listOf = <T>(row: z.ZodType<T>) =>
  z.object({ data: z.array(row).nullable(), additional_data: Additional });

/**
 * Asks, as `io.request` does. When the day's allowance is used up the answers are those of the short limit, also as to
 * when to come back; but that one is not met time after time. Then nobody knows when, and whoever goes on asking every two
 * seconds is locked out.
 */
export async function ask<T>(
  io: Io,
  path: string,
  options: SourceRequestOptions<T>,
): Promise<SourceAnswer<T>> {
  try {
    return await io.request(path, options);
  } catch (error) {
    if (!(error instanceof SourceError) || error.status !== 429 || !error.retryAt) throw error;
    if (error.retryAt.getTime() - io.now().getTime() > BURST_MS) throw error;
    const { failure, detail, status } = error;
    throw new SourceError(failure, { detail, status });
  }
}

/** A page of a list of version 2; its cursor names the last row by what the list is sorted by. */
export async function readPage<T>(
  io: Io,
  path: string,
  row: z.ZodType<T>,
  query: Query,
): Promise<{ rows: T[]; next: string | null }> {
  const { body } = await ask(io, `/api/v2${path}`, {
    query: { limit: PAGE, ...query },
    schema: listOf(row),
  });
  return { rows: body.data ?? [], next: body.additional_data?.next_cursor ?? null };
}

/** All pages of a list of version 2. */
export async function readAll<T>(io: Io, path: string, row: z.ZodType<T>, query: Query = {}): Promise<T[]> {
  const all: T[] = [];
  for (let cursor: string | undefined; ;) {
    const { rows, next } = await readPage(io, path, row, { ...query, cursor });
    all.push(...rows);
    if (next === null) return all;
    cursor = next;
  }
}

/** The rows of these ids; those that are deleted or hidden are left out. */
export async function readByIds<T>(
  io: Io,
  ids: readonly number[],
  read: (query: { ids: string; limit: number }) => Promise<T[]>,
): Promise<T[]> {
  const all: T[] = [];
  const wanted = [...new Set(ids)];
  for (let start = 0; start < wanted.length; start += IDS)
    all.push(...(await read({ ids: wanted.slice(start, start + IDS).join(','), limit: IDS })));
  return all;
}

/** A page of a list of version 1; `next` is where the one after it begins. */
export async function readOldPage<T>(
  io: Io,
  path: string,
  row: z.ZodType<T>,
  { start, ...query }: Query & { start: number },
): Promise<{ rows: T[]; next: number | null }> {
  const { body } = await ask(io, `/api/v1${path}`, {
    query: { limit: PAGE, start, ...query },
    schema: listOf(row),
  });
  const rows = body.data ?? [];
  const { more_items_in_collection: said, pagination } = body.additional_data ?? {};
  const hasMore = said ?? pagination?.more_items_in_collection ?? rows.length >= PAGE;
  const step = rows.length > OVERLAP ? rows.length - OVERLAP : rows.length;
  return { rows, next: hasMore && step > 0 ? start + step : null };
}

/** All pages of a list of version 1. */
export async function readAllOld<T>(
  io: Io,
  path: string,
  row: z.ZodType<T>,
  query: Query = {},
): Promise<T[]> {
  const all: T[] = [];
  for (let start = 0; ;) {
    const { rows, next } = await readOldPage(io, path, row, { ...query, start });
    all.push(...rows);
    if (next === null) return all;
    start = next;
  }
}

/** A list of version 1 that has no pages. */
export async function readWhole<T>(io: Io, path: string, row: z.ZodType<T>): Promise<T[]> {
  const { body } = await ask(io, `/api/v1${path}`, { schema: listOf(row) });
  return body.data ?? [];
}

/** What the key may not read is as good as none: the rest comes in, and `check` says what is missing. */
export async function orIfForbidden<T>(asking: Promise<T>, none: T): Promise<T> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof SourceError && error.failure === 'forbidden') return none;
    throw error;
  }
}

/** A moment as Pipedrive reads it: without milliseconds. */
export const timeOf = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;

/** A moment that Pipedrive wrote; undefined when it is none. */
export function instantOf(text: string | null | undefined): string | undefined {
  const date = new Date(text ?? '');
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
