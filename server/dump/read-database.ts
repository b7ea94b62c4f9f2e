import { sql } from 'kysely';
import { readTables, type Table } from '../store/catalogue.ts';
import type { Database, WriteTransaction } from '../store/database.ts';
import { Checksum, DumpError, type DumpItem } from './dump-format.ts';

/** So many rows are in memory at once. */
const ROWS = 500;

interface Wanted {
  /** The only one whose rows are wanted; null: all of them. */
  workspaceId: string | null;
  now: Date;
}

/**
 * Everything in a database as it is at one moment, table by table; `take` gets it item by item. To be read as the
 * tables' owner.
 */
export function readDatabase(
  owner: Database,
  { workspaceId, now }: Wanted,
  take: (items: AsyncIterable<DumpItem>) => Promise<void>,
): Promise<void> {
  return owner.transaction().execute(async (tx) => {
    // First of all: afterwards the moment is fixed.
    await sql`set transaction isolation level repeatable read, read only`.execute(tx);
    await take(itemsOf(tx, { workspaceId, now }));
  });
}

async function* itemsOf(tx: WriteTransaction, { workspaceId, now }: Wanted): AsyncGenerator<DumpItem> {
  const migrations = await appliedMigrations(tx);
  yield { tandem: 'dump', format: 1, migrations, workspaceId, at: now.toISOString() };
  let [tables, rows] = [0, 0];
  for (const table of await readTables(tx)) {
    const checksum = new Checksum();
    yield { table: table.name, columns: table.columns.map(({ name }) => name) };
    for await (const row of readRows(tx, table, workspaceId)) {
      checksum.add(row);
      yield row;
    }
    yield { end: table.name, rows: checksum.rows, checksum: String(checksum) };
    tables += 1;
    rows += checksum.rows;
  }
  yield { done: true, tables, rows };
}

/** The names of the migrations a database has had; none when it is new. */
export async function appliedMigrations(tx: WriteTransaction): Promise<string[]> {
  const { rows: ledger } = await sql<{ exists: boolean }>`
    select to_regclass('public.migrations') is not null as exists`.execute(tx);
  if (ledger[0]?.exists !== true) return [];
  const { rows } = await sql<{ name: string }>`select m.name from migrations m order by m.name`.execute(tx);
  return rows.map(({ name }) => name);
}

/** The rows of a table, in no order, each as the texts of its columns. */
export async function* readRows(
  tx: WriteTransaction,
  { name, columns }: Table,
  workspaceId: string | null,
): AsyncGenerator<(string | null)[]> {
  // So that both engines, wherever they run, write a value as the same text.
  await sql`set local timezone = 'UTC'`.execute(tx);
  await sql`set local datestyle = 'ISO'`.execute(tx);
  await sql`set local extra_float_digits = 1`.execute(tx);
  const cursor = sql.id(`dump_${name}`);
  const texts = sql.join(columns.map((column) => sql`t.${sql.ref(column.name)}::text`));
  // A cursor's query takes no parameters.
  const mine =
    workspaceId === null ? sql`` : sql`where t.workspace_id = ${sql.lit(requireUuid(workspaceId))}`;
  await sql`
    declare ${cursor} no scroll cursor for
    select json_build_array(${texts}) as row from ${sql.table(name)} t ${mine}`.execute(tx);
  for (;;) {
    const { rows } = await sql<{ row: (string | null)[] }>`fetch ${sql.lit(ROWS)} from ${cursor}`.execute(tx);
    yield* rows.map(({ row }) => row);
    if (rows.length < ROWS) break;
  }
  await sql`close ${cursor}`.execute(tx);
}

function requireUuid(text: string): string {
  if (/^[0-9a-f-]{36}$/i.test(text)) return text;
  throw new DumpError(`${text} is no id of a workspace.`);
}
