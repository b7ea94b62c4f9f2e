import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { ImportProblem } from '../../utils/contract/import.ts';
import { sqlState } from '../store/sql-state.ts';
import type { WriteTransaction } from '../store/database.ts';
import { campaignImport } from './import-campaigns.ts';
import type { ImportContext, KindOfImport, Outcome, ReadRow } from './import-kind.ts';
import { peopleImport } from './import-people.ts';
import {
  claimKeys,
  clearImport,
  type ImportRecord,
  insertProblems,
  readChunk,
  saveImport,
} from './import-records.ts';
import { touchpointImport } from './import-touchpoints.ts';
import type { FileRow } from './parse-rows.ts';
import { createRowReader } from './read-row.ts';

const KINDS = { people: peopleImport, touchpoints: touchpointImport, campaigns: campaignImport };

/** Checks or stores the next rows of an import. A check stores, too, and takes it back: both go the same way. */
export async function runNextChunk(
  tx: WriteTransaction,
  workspaceId: string,
  record: ImportRecord,
  now: Date,
): Promise<void> {
  const { id, nextChunk, chunks, columns, mapping, state } = record;
  if (!columns || !mapping) throw new Error('The import has no mapping.');
  const rows = await readChunk(tx, workspaceId, id, nextChunk);
  const context = { workspaceId, mapping, at: record.at };
  const kind = KINDS[record.kind] as KindOfImport<unknown>;
  const { readable, problems } = readRows(kind, context, { rows, columns });
  const { first, repeated } = await firstOfTheirKeys(tx, workspaceId, id, readable, (value) =>
    kind.keys(value, context),
  );
  const checks = state === 'checking';
  const outcome = await store(tx, first, checks, (some) => kind.store(tx, context, some, now));

  const all = [...problems, ...repeated, ...outcome.problems];
  await insertProblems(tx, workspaceId, id, all);
  const ends = nextChunk + 1 === chunks;
  await saveImport(tx, workspaceId, id, {
    nextChunk: nextChunk + 1,
    done: record.done + rows.length,
    added: record.added + outcome.added,
    updated: record.updated + outcome.updated,
    unchanged: record.unchanged + outcome.unchanged,
    bad: record.bad + new Set(all.map(({ row }) => row)).size,
    attempts: 0,
    dueAt: ends ? null : now.toISOString(),
    ...(ends && { state: checks ? 'checked' : 'done' }),
  });
  // What was in the file is in its place now; a second copy of personal data serves nobody.
  if (ends && !checks)
    await clearImport(tx, workspaceId, id, ['import_parts', 'import_chunks', 'import_keys']);
  if (ends && !checks) await saveImport(tx, workspaceId, id, { preview: null });
}

function readRows<T>(
  kind: KindOfImport<T>,
  context: ImportContext,
  { rows, columns }: { rows: readonly FileRow[]; columns: NonNullable<ImportRecord['columns']> },
): { readable: ReadRow<T>[]; problems: ImportProblem[] } {
  const read = createRowReader(columns, context.mapping);
  const readable: ReadRow<T>[] = [];
  const problems: ImportProblem[] = [];
  for (const row of rows) {
    const reader = read(row);
    const value = kind.read(reader, context);
    if (reader.problems.length === 0) readable.push({ row: row.row, value });
    else problems.push(...reader.problems);
  }
  return { readable, problems };
}

/** Parts rows from those that say again what a row before them said. */
async function firstOfTheirKeys<T>(
  tx: WriteTransaction,
  workspaceId: string,
  importId: string,
  rows: readonly ReadRow<T>[],
  keysOf: (value: T) => string[],
): Promise<{ first: ReadRow<T>[]; repeated: ImportProblem[] }> {
  const keyed = rows.map((row) => ({ row, keys: [...new Set(keysOf(row.value).map(hash))] }));
  const taken = new Map<string, number>();
  const claims = keyed.flatMap(({ row: { row }, keys }) => keys.map((key) => ({ key, row })));
  const others = await claimKeys(tx, workspaceId, importId, claims);
  const first: ReadRow<T>[] = [];
  const repeated: ImportProblem[] = [];
  for (const { row, keys } of keyed) {
    const same = keys.flatMap((key) => taken.get(key) ?? others.get(key) ?? []).filter((n) => n < row.row);
    const [otherRow] = same;
    if (otherRow !== undefined) repeated.push({ row: row.row, reason: 'repeated-row', otherRow });
    else first.push(row);
    for (const key of keys) if (!taken.has(key)) taken.set(key, row.row);
  }
  return { first, repeated };
}

const hash = (key: string) => createHash('sha256').update(key).digest('hex').slice(0, 32);

/**
 * Stores rows, and in a check takes it back. Where the database refuses a value nobody has thought of, the rows are
 * halved until the one with it is alone, so that it is named and the others go in.
 */
async function store<T>(
  tx: WriteTransaction,
  rows: readonly ReadRow<T>[],
  takeBack: boolean,
  work: (rows: readonly ReadRow<T>[]) => Promise<Outcome>,
): Promise<Outcome> {
  if (rows.length === 0) return { added: 0, updated: 0, unchanged: 0, problems: [] };
  await sql`savepoint import_rows`.execute(tx);
  try {
    const outcome = await work(rows);
    await (takeBack ? sql`rollback to savepoint import_rows` : sql`release savepoint import_rows`).execute(
      tx,
    );
    return outcome;
  } catch (error) {
    if (!isOfTheData(error)) throw error;
    await sql`rollback to savepoint import_rows`.execute(tx);
    if (rows.length === 1 && rows[0]) {
      const problem = { row: rows[0].row, reason: 'refused' as const };
      return { added: 0, updated: 0, unchanged: 0, problems: [problem] };
    }
    const half = Math.ceil(rows.length / 2);
    const one = await store(tx, rows.slice(0, half), takeBack, work);
    const other = await store(tx, rows.slice(half), takeBack, work);
    return {
      added: one.added + other.added,
      updated: one.updated + other.updated,
      unchanged: one.unchanged + other.unchanged,
      problems: [...one.problems, ...other.problems],
    };
  }
}

/** Data exceptions, and values beyond a limit of the database, such as an index row that is too long. */
function isOfTheData(error: unknown): boolean {
  const state = error instanceof Error ? sqlState(error) : undefined;
  return state !== undefined && /^(?:22|54)/u.test(state);
}
