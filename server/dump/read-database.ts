import { sql } from 'kysely';
import { readTables, type Table } from '../store/catalogue.ts';
import type { Database, WriteTransaction } from '../store/database.ts';
import { Checksum, DumpError, type DumpItem } from './dump-format.ts';

/** So many rows are in memory at once. */
const ROWS = 500;

/** So that both engines, wherever they run and however they are set up, write a value as the same text. */
const TEXT_FORMS = {
  timezone: 'UTC',
  datestyle: 'ISO',
  intervalstyle: 'postgres',
  extra_float_digits: '1',
  bytea_output: 'hex',
  // Fails where rows are hidden from this role, which would be missing from the dump without a word.
  row_security: 'off',
};

interface Wanted {
  /** The only one whose rows are wanted; null: all of them. */
  workspaceId: string | null;
  now: Date;
}

/**
 * Everything in a database as it is at one moment, table by table; `take` gets it item by item. To be read as the
 * tables' owner.
 *
 * @throws DumpError when there is nothing to be read: a backup of the wrong database must not look like one.
 */
export function readDatabase(
  owner: Database,
  { workspaceId, now }: Wanted,
  take: (items: AsyncIterable<DumpItem>) => Promise<void>,
): Promise<void> {
  return owner.transaction().execute(async (tx) => {
    // First of all: afterwards the moment is fixed.
    await sql`set transaction isolation level repeatable read, read only`.execute(tx);
    await pinTextForms(tx);
    const migrations = await appliedMigrations(tx);
    if (migrations.length === 0) throw new DumpError('No hub was ever started on this database.');
    if (workspaceId !== null) await requireWorkspace(tx, workspaceId);
    await take(itemsOf(tx, { migrations, workspaceId, now }));
  });
}

async function* itemsOf(
  tx: WriteTransaction,
  { migrations, workspaceId, now }: Wanted & { migrations: string[] },
): AsyncGenerator<DumpItem> {
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

/** To be called before `readRows`; holds until the transaction ends. */
export async function pinTextForms(tx: WriteTransaction): Promise<void> {
  const settings = Object.entries(TEXT_FORMS).map(
    ([name, value]) => sql`set_config(${name}, ${value}, true)`,
  );
  await sql`select ${sql.join(settings)}`.execute(tx);
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
  const cursor = sql.id(`dump_${name}`);
  const texts = sql.join(columns.map((column) => sql`t.${sql.ref(column.name)}::text`));
  // A cursor's query takes no parameters.
  const mine = workspaceId === null ? sql`` : sql`where t.workspace_id = ${sql.lit(workspaceId)}`;
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

async function requireWorkspace(tx: WriteTransaction, id: string): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select w.name from workspaces w where w.workspace_id::text = ${id.toLowerCase()}`.execute(tx);
  if (rows.length === 0) throw new DumpError(`There is no workspace ${id} in this database.`);
}
