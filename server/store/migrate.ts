import { readdir, readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Database, WriteTransaction } from './database.ts';
import { secureRows } from './row-security.ts';

const FOLDER = new URL('./migrations/', import.meta.url);

/** The migrations in order: name (`0001_workspaces`) and statements. */
export async function readMigrations(): Promise<{ name: string; statements: string[] }[]> {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.sql')).sort();
  return Promise.all(
    files.map(async (file) => ({
      name: file.replace(/\.sql$/, ''),
      statements: statementsOf(await readFile(new URL(file, FOLDER), 'utf8')),
    })),
  );
}

/**
 * Brings the schema up to date, all or nothing. Several hubs may do so at once: the lock lets one in at
 * a time, and who comes later finds the work done. Throws when the database is newer than this program.
 */
export async function migrate(db: Database): Promise<void> {
  await db.transaction().execute((tx) => migrateIn(tx));
}

/** The same in a transaction, and perhaps only as far as the migration of this name. */
export async function migrateIn(tx: WriteTransaction, last?: string): Promise<void> {
  const migrations = await readMigrations();
  const wanted = migrations.filter(({ name }) => last === undefined || name <= last);
  await sql`select pg_advisory_xact_lock(hashtext('tandem.migrate'))`.execute(tx);
  await sql`create table if not exists migrations (name text primary key)`.execute(tx);
  const { rows } = await sql<{ name: string }>`select name from migrations`.execute(tx);
  const done = new Set(rows.map((row) => row.name));
  const unknown = [...done].filter((name) => !migrations.some((migration) => migration.name === name));
  if (unknown.length > 0) {
    throw new Error(`The database was made by a newer hub (it has ${unknown.join(', ')}). Update this one.`);
  }
  for (const { name, statements } of wanted.filter((migration) => !done.has(migration.name))) {
    for (const statement of statements) await sql.raw(statement).execute(tx);
    await sql`insert into migrations (name) values (${name})`.execute(tx);
  }
  await secureRows(tx);
}

/** Splits at a semicolon that ends a line; so migrations may not hold function bodies, nor do they need to. */
function statementsOf(text: string): string[] {
  return text
    .replaceAll(/^\s*--.*$/gm, '')
    .split(/;\s*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}
