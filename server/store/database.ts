import { type PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, type Transaction } from 'kysely';

/** Queries are written in SQL, so Kysely brings transactions, parameters and the drivers, not table types. */
export type Database = Kysely<unknown>;
export type WriteTransaction = Transaction<unknown>;

/** Wraps a started PGlite; destroying the result closes it. */
export function createDatabase(pglite: PGlite): Database {
  return new Kysely<unknown>({ dialect: new PGliteDialect({ pglite }) });
}
