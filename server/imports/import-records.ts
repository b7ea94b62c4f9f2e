import { sql } from 'kysely';
import type {
  Import,
  ImportColumn,
  ImportFailure,
  ImportFormat,
  ImportKind,
  ImportMapping,
  ImportProblem,
  ImportState,
  ImportSummary,
  NewImport,
} from '../../utils/contract/import.ts';
import { IMPORT_PART_BYTES } from '../../utils/contract/import.ts';
import type { Database, WriteTransaction } from '../store/database.ts';
import { instant } from '../store/json.ts';
import type { FileRow } from './parse-rows.ts';
import type { Reading } from './read-piece.ts';

/** How many the list shows. */
const LISTED = 50;

/** An import as its table holds it. */
export interface ImportRecord {
  id: string;
  kind: ImportKind;
  state: ImportState;
  size: number;
  at: string;
  failure: ImportFailure | null;
  format: ImportFormat | null;
  columns: ImportColumn[] | null;
  preview: FileRow[] | null;
  mapping: ImportMapping | null;
  reading: Reading | null;
  chunks: number;
  nextChunk: number;
  rows: number;
  done: number;
  added: number;
  updated: number;
  unchanged: number;
  bad: number;
  attempts: number;
}

export const partCount = (size: number): number => Math.ceil(size / IMPORT_PART_BYTES);

const COLUMNS = sql`i.id, i.kind, i.state, i.size::float8 as size, ${instant('i.at')} as at, i.failure, i.read_as as format,
  i.columns, i.preview, i.mapping, i.reading, i.chunks, i.next_chunk as "nextChunk", i.rows, i.done, i.added,
  i.updated, i.unchanged, i.bad, i.attempts`;

/** Reads an import and keeps others from changing it until the transaction ends; null: there is none. */
export async function lockImport(
  tx: WriteTransaction,
  workspaceId: string,
  id: string,
): Promise<ImportRecord | null> {
  const { rows } = await sql<ImportRecord>`
    select ${COLUMNS} from imports i where i.workspace_id = ${workspaceId} and i.id = ${id} for update`.execute(
    tx,
  );
  return rows[0] ?? null;
}

/** Claims the import that has waited longest for a job, unless another hub is at it. */
export async function claimImport(
  tx: WriteTransaction,
  workspaceId: string,
  now: Date,
): Promise<ImportRecord | null> {
  const { rows } = await sql<ImportRecord>`
    select ${COLUMNS} from imports i
    where i.workspace_id = ${workspaceId} and i.due_at <= ${now.toISOString()}
    order by i.due_at, i.id limit 1 for update skip locked`.execute(tx);
  return rows[0] ?? null;
}

type Change = Partial<Omit<ImportRecord, 'id' | 'kind' | 'size' | 'at'>> & { dueAt?: string | null };

const NAMES: Partial<Record<keyof Change, string>> = {
  format: 'read_as',
  nextChunk: 'next_chunk',
  dueAt: 'due_at',
};
const JSONS = new Set(['failure', 'format', 'columns', 'preview', 'mapping', 'reading']);

/** Changes some columns of an import. */
export async function saveImport(
  tx: Database,
  workspaceId: string,
  id: string,
  change: Change,
): Promise<void> {
  const set = Object.entries(change).map(([name, value]) => {
    const written = JSONS.has(name) && value !== null ? JSON.stringify(value) : value;
    const column = sql.ref(NAMES[name as keyof Change] ?? name);
    return JSONS.has(name) ? sql`${column} = ${written}::text::json` : sql`${column} = ${written}`;
  });
  await sql`
    update imports i set ${sql.join(set)} where i.workspace_id = ${workspaceId} and i.id = ${id}`.execute(tx);
}

/** @returns whether it is new. */
export async function insertImport(
  tx: WriteTransaction,
  workspaceId: string,
  { id, kind, fileName, size, fingerprint }: NewImport,
  { userId, now }: { userId: string; now: Date },
): Promise<boolean> {
  const result = await sql`
    insert into imports (workspace_id, id, kind, file_name, size, fingerprint, by_user_id, at, state)
    values (${workspaceId}, ${id}, ${kind}, ${fileName}, ${size}, ${fingerprint ?? null}, ${userId}, ${now.toISOString()},
      'uploading')
    on conflict do nothing`.execute(tx);
  return Number(result.numAffectedRows ?? 0) > 0;
}

/** @returns the numbers of the parts that are here. */
export async function readPartNumbers(db: Database, workspaceId: string, id: string): Promise<number[]> {
  const { rows } = await sql<{ n: number }>`
    select p.n from import_parts p where p.workspace_id = ${workspaceId} and p.import_id = ${id}
    order by p.n`.execute(db);
  return rows.map(({ n }) => n);
}

export async function insertPart(
  tx: WriteTransaction,
  workspaceId: string,
  { importId, n, data }: { importId: string; n: number; data: string },
): Promise<void> {
  await sql`
    insert into import_parts (workspace_id, import_id, n, bytes)
    values (${workspaceId}, ${importId}, ${n}, decode(${data}, 'base64'))
    on conflict do nothing`.execute(tx);
}

export async function readPart(
  tx: WriteTransaction,
  workspaceId: string,
  importId: string,
  n: number,
): Promise<Uint8Array> {
  const { rows } = await sql<{ bytes: Uint8Array }>`
    select p.bytes from import_parts p
    where p.workspace_id = ${workspaceId} and p.import_id = ${importId} and p.n = ${n}`.execute(tx);
  if (!rows[0]) throw new Error('A part of the file is gone.');
  return rows[0].bytes;
}

export async function insertChunks(
  tx: WriteTransaction,
  workspaceId: string,
  importId: string,
  chunks: readonly { n: number; rows: readonly FileRow[] }[],
): Promise<void> {
  for (const { n, rows } of chunks) {
    await sql`
      insert into import_chunks (workspace_id, import_id, n, rows)
      values (${workspaceId}, ${importId}, ${n}, ${JSON.stringify(rows)}::text::json)
      on conflict do nothing`.execute(tx);
  }
}

export async function readChunk(
  tx: WriteTransaction,
  workspaceId: string,
  importId: string,
  n: number,
): Promise<FileRow[]> {
  const { rows } = await sql<{ rows: FileRow[] }>`
    select c.rows from import_chunks c
    where c.workspace_id = ${workspaceId} and c.import_id = ${importId} and c.n = ${n}`.execute(tx);
  if (!rows[0]) throw new Error('A piece of the file is gone.');
  return rows[0].rows;
}

const BELONGINGS = ['import_parts', 'import_chunks', 'import_keys', 'import_problems'] as const;
type Belonging = (typeof BELONGINGS)[number];

/** Removes what belongs to an import. */
export async function clearImport(
  tx: WriteTransaction,
  workspaceId: string,
  importId: string,
  tables: readonly Belonging[],
): Promise<void> {
  for (const table of tables) {
    await sql`
      delete from ${sql.table(table)} b
      where b.workspace_id = ${workspaceId} and b.import_id = ${importId}`.execute(tx);
  }
}

/** @returns whether there was one. */
export async function deleteImport(tx: WriteTransaction, workspaceId: string, id: string): Promise<boolean> {
  await clearImport(tx, workspaceId, id, BELONGINGS);
  const result = await sql`
    delete from imports i where i.workspace_id = ${workspaceId} and i.id = ${id}`.execute(tx);
  return Number(result.numAffectedRows ?? 0) > 0;
}

/**
 * Takes keys for their rows.
 *
 * @returns for each key that another row has, that row.
 */
export async function claimKeys(
  tx: WriteTransaction,
  workspaceId: string,
  importId: string,
  keys: readonly { key: string; row: number }[],
): Promise<Map<string, number>> {
  const json = JSON.stringify(keys);
  await sql`
    insert into import_keys (workspace_id, import_id, key, row)
    select ${workspaceId}::uuid, ${importId}::uuid, decode(r.key, 'hex'), r.row
    from json_to_recordset(${json}::text::json) as r (key text, row int)
    on conflict do nothing`.execute(tx);
  // A subquery rather than a join: without statistics PGlite plans a join as a scan of all keys.
  const { rows } = await sql<{ key: string; mine: number; row: number }>`
    select r.key, r.row as mine, (
      select k.row from import_keys k where k.workspace_id = ${workspaceId} and k.import_id = ${importId}
        and k.key = decode(r.key, 'hex')) as row
    from json_to_recordset(${json}::text::json) as r (key text, row int)`.execute(tx);
  return new Map(rows.flatMap(({ key, mine, row }) => (row === mine ? [] : [[key, row] as const])));
}

export async function insertProblems(
  tx: WriteTransaction,
  workspaceId: string,
  importId: string,
  problems: readonly ImportProblem[],
): Promise<void> {
  if (problems.length === 0) return;
  const counts = new Map<number, number>();
  const rows = problems.map(({ row, column: col, reason, otherRow: other_row, detail }) => {
    const n = counts.get(row) ?? 0;
    counts.set(row, n + 1);
    return { row, n, col, reason, other_row, detail };
  });
  await sql`
    insert into import_problems (workspace_id, import_id, row, n, col, reason, other_row, detail)
    select ${workspaceId}::uuid, ${importId}::uuid, r.row, r.n, r.col, r.reason, r.other_row, r.detail
    from json_populate_recordset(null::import_problems, ${JSON.stringify(rows)}::text::json) r
    on conflict do nothing`.execute(tx);
}

/** Problems after a place in their order, and that of the last one. */
export async function readProblems(
  db: Database,
  workspaceId: string,
  importId: string,
  { after: [row, n], limit }: { after: readonly [row: number, n: number]; limit: number },
): Promise<{ problem: ImportProblem; cursor: string }[]> {
  const { rows } = await sql<{ problem: ImportProblem; cursor: string }>`
    select p.row || '.' || p.n as cursor, json_strip_nulls(json_build_object('row', p.row, 'column', p.col,
      'reason', p.reason, 'otherRow', p.other_row, 'detail', p.detail)) as problem
    from import_problems p
    where p.workspace_id = ${workspaceId} and p.import_id = ${importId}
      and (p.row, p.n) > (${row}::int, ${n}::int)
    order by p.row, p.n limit ${limit}`.execute(db);
  return rows;
}

export async function readMapping(
  tx: WriteTransaction,
  workspaceId: string,
  kind: ImportKind,
  signature: string,
): Promise<ImportMapping | null> {
  const { rows } = await sql<{ mapping: ImportMapping }>`
    select m.mapping from import_mappings m
    where m.workspace_id = ${workspaceId} and m.kind = ${kind} and m.signature = ${signature}`.execute(tx);
  return rows[0]?.mapping ?? null;
}

export async function rememberMapping(
  tx: WriteTransaction,
  workspaceId: string,
  { kind, signature, mapping }: { kind: ImportKind; signature: string; mapping: ImportMapping },
): Promise<void> {
  await sql`
    insert into import_mappings (workspace_id, kind, signature, mapping)
    values (${workspaceId}, ${kind}, ${signature}, ${JSON.stringify(mapping)}::text::json)
    on conflict (workspace_id, kind, signature) do update set mapping = excluded.mapping`.execute(tx);
}

const SUMMARY = (workspaceId: string) => sql`
    'id', i.id, 'kind', i.kind, 'fileName', i.file_name, 'size', i.size, 'fingerprint', i.fingerprint,
    'by', (select json_build_object('id', u.id, 'name', u.name) from users u
      where u.workspace_id = ${workspaceId} and u.id = i.by_user_id),
    'at', ${instant('i.at')}, 'state', i.state, 'failure', i.failure,
    'share', case
      when i.state = 'uploading' then (select count(*) from import_parts p
        where p.workspace_id = ${workspaceId} and p.import_id = i.id) / ceil(i.size / ${sql.lit(IMPORT_PART_BYTES)}::float8)
      when i.state = 'reading' then (i.reading ->> 'nextPart')::int / ceil(i.size / ${sql.lit(IMPORT_PART_BYTES)}::float8)
      when i.state in ('checking', 'storing') then i.done / greatest(i.rows, 1)::float8
      else 1 end,
    'rows', i.rows, 'done', i.done, 'added', i.added, 'updated', i.updated, 'unchanged', i.unchanged,
    'bad', i.bad`;

/** The contract's `Import`; null: there is none. */
export async function readImport(db: Database, workspaceId: string, id: string): Promise<Import | null> {
  const { rows } = await sql<{ import: Omit<Import, 'parts'> }>`
    select json_strip_nulls(json_build_object(${SUMMARY(workspaceId)},
      'format', i.read_as, 'columns', coalesce(i.columns, '[]'::json),
      'preview', coalesce(i.preview, '[]'::json), 'mapping', i.mapping)) as import
    from imports i where i.workspace_id = ${workspaceId} and i.id = ${id}`.execute(db);
  const found = rows[0]?.import;
  if (!found) return null;
  const received = await readPartNumbers(db, workspaceId, id);
  // `json_strip_nulls` has taken the null of a column that is left out.
  const columns = found.mapping?.columns.map((column) => ({ ...column, field: column.field ?? null }));
  return {
    ...found,
    ...(found.mapping && columns && { mapping: { ...found.mapping, columns } }),
    parts: { count: partCount(found.size), received },
  };
}

/** The latest imports, newest first. */
export async function readImports(db: Database, workspaceId: string): Promise<ImportSummary[]> {
  const { rows } = await sql<{ import: ImportSummary }>`
    select json_strip_nulls(json_build_object(${SUMMARY(workspaceId)})) as import
    from imports i where i.workspace_id = ${workspaceId}
    order by i.at desc, i.id desc limit ${LISTED}`.execute(db);
  return rows.map((row) => row.import);
}

/** The imports that are over: begun before `unfinished` and never done, or begun before `finished`. */
export async function oldImports(
  db: Database,
  workspaceId: string,
  { unfinished, finished }: { unfinished: Date; finished: Date },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select i.id from imports i
    where i.workspace_id = ${workspaceId} and i.due_at is null
      and (i.at < ${finished.toISOString()} or (i.state <> 'done' and i.at < ${unfinished.toISOString()}))
    limit 20`.execute(db);
  return rows.map(({ id }) => id);
}
