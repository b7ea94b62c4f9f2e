import { sql } from 'kysely';
import { readTables, type Table } from '../store/catalogue.ts';
import type { Database, WriteTransaction } from '../store/database.ts';
import { migrateIn, readMigrations } from '../store/migrate.ts';
import { Checksum, type DumpEnd, DumpError, type DumpHeader, type DumpItem } from './dump-format.ts';
import { appliedMigrations, pinTextForms, readRows } from './read-database.ts';

/** So many rows are written by one statement, unless they are long. */
const ROWS = 500;
const CHARACTERS = 1_000_000;

/**
 * Writes a dump into an empty database, all or nothing, as the tables' owner. A dump of an older hub goes into the
 * schema it was made with, which is brought up to date afterwards. What was written is read again and compared.
 *
 * @throws DumpError when the dump is incomplete or of a newer hub, or the database holds something.
 */
export function writeDatabase(owner: Database, items: AsyncIterable<DumpItem>): Promise<DumpEnd> {
  return owner.transaction().execute(async (tx) => {
    let tables: Table[] = [];
    let loading: Loading | null = null;
    let end: DumpEnd | null = null;
    const written = { tables: 0, rows: 0 };
    const references: Reference[] = [];
    await pinTextForms(tx);
    for await (const item of items) {
      if ('tandem' in item) {
        tables = await prepare(tx, item);
        references.push(...(await dropReferences(tx)));
      } else if ('table' in item) {
        const table = tables.find(({ name }) => name === item.table);
        if (!table)
          throw new DumpError(`The dump holds a table ${item.table}, which its own schema has not.`);
        loading = new Loading(tx, table, item.columns);
      } else if ('end' in item) {
        await loading?.finish(item);
        loading = null;
        written.tables += 1;
        written.rows += item.rows;
      } else if ('done' in item) {
        end = item;
      } else {
        await loading?.add(item);
      }
    }
    if (end === null)
      throw new DumpError('The dump is not complete: its end is missing. Nothing was written.');
    if (end.tables !== written.tables || end.rows !== written.rows)
      throw new DumpError('The dump is damaged: a table is missing. Nothing was written.');
    for (const { table, name, definition } of references) {
      await sql`
        alter table ${sql.table(table)} add constraint ${sql.id(name)} ${sql.raw(definition)}`.execute(tx);
    }
    await migrateIn(tx);
    return end;
  });
}

/** Brings the schema to where the dump's was; returns its tables, which are empty. */
async function prepare(tx: WriteTransaction, { migrations, format }: DumpHeader): Promise<Table[]> {
  const known = new Set((await readMigrations()).map(({ name }) => name));
  const newer = migrations.filter((name) => !known.has(name));
  if (newer.length > 0 || format !== 1) {
    throw new DumpError(`The dump was made by a newer hub (it has ${newer.join(', ')}). Update this one.`);
  }
  const there = await appliedMigrations(tx);
  if (there.some((name) => !migrations.includes(name))) {
    throw new DumpError(
      'The dump is of an older hub than the one that has prepared this database. Restore it into a new database, ' +
        'which no hub was started on.',
    );
  }
  await migrateIn(tx, migrations.at(-1));
  const tables = await readTables(tx);
  for (const { name } of tables) {
    const { rows } = await sql`select 1 from ${sql.table(name)} t limit 1`.execute(tx);
    if (rows.length > 0) {
      throw new DumpError(`The database is not empty (see its table ${name}). Restore into a new one.`);
    }
  }
  return tables;
}

interface Reference {
  table: string;
  name: string;
  definition: string;
}

/** Rows may come before those they refer to; with the references put back, all of them are checked at once. */
async function dropReferences(tx: WriteTransaction): Promise<Reference[]> {
  const { rows } = await sql<Reference>`
    select c.relname as table, k.conname as name, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_class c on c.oid = k.conrelid
    where k.contype = 'f' and k.conparentid = 0 and k.connamespace = 'public'::regnamespace`.execute(tx);
  for (const { table, name } of rows) {
    await sql`alter table ${sql.table(table)} drop constraint ${sql.id(name)}`.execute(tx);
  }
  return rows;
}

class Loading {
  readonly #tx: WriteTransaction;
  readonly #table: Table;
  readonly #columns: readonly string[];
  #rows: (string | null)[][] = [];
  #characters = 0;
  readonly #read = new Checksum();

  constructor(tx: WriteTransaction, table: Table, columns: readonly string[]) {
    this.#tx = tx;
    this.#table = table;
    this.#columns = columns;
  }

  async add(row: (string | null)[]): Promise<void> {
    this.#read.add(row);
    this.#rows.push(row);
    this.#characters += row.reduce((sum, text) => sum + (text?.length ?? 0), 0);
    if (this.#rows.length >= ROWS || this.#characters >= CHARACTERS) await this.#insert();
  }

  /** @throws DumpError when the rows are not those that were dumped. */
  async finish({ rows, checksum }: { rows: number; checksum: string }): Promise<void> {
    await this.#insert();
    if (this.#read.rows !== rows || String(this.#read) !== checksum) {
      throw new DumpError(
        `The dump is damaged: the rows of ${this.#table.name} are not those that were written.`,
      );
    }
    const written = new Checksum();
    for await (const row of readRows(this.#tx, this.#ordered(), null)) written.add(row);
    if (written.rows !== rows || String(written) !== checksum) {
      throw new DumpError(
        `The rows of ${this.#table.name} were not stored as they were. Nothing was written.`,
      );
    }
  }

  /** With its columns as the dump has them. */
  #ordered(): Table {
    const columns = this.#columns.map((name) => {
      const column = this.#table.columns.find((each) => each.name === name);
      if (!column)
        throw new DumpError(`The dump holds a column ${this.#table.name}.${name}, which is unknown.`);
      return column;
    });
    return { ...this.#table, columns };
  }

  async #insert(): Promise<void> {
    if (this.#rows.length === 0) return;
    const { name, columns } = this.#ordered();
    const names = sql.join(columns.map((column) => sql.ref(column.name)));
    const values = sql.join(
      columns.map(({ type }, index) => sql`(r ->> ${sql.lit(index)})::${sql.raw(type)}`),
    );
    await sql`
      insert into ${sql.table(name)} (${names})
      select ${values} from json_array_elements(${JSON.stringify(this.#rows)}::text::json) r`.execute(
      this.#tx,
    );
    this.#rows = [];
    this.#characters = 0;
  }
}
