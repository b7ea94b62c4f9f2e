import { Kysely, type Transaction } from 'kysely';
import { createPGliteDialect } from './pglite-dialect.ts';
import type { PGliteWire } from './pglite-wire.ts';

/** Queries are written in SQL, so Kysely brings transactions, parameters and the drivers, not table types. */
export type Database = Kysely<unknown>;
export type WriteTransaction = Transaction<unknown>;

/** Wraps the session of a started PGlite; destroying the result closes it. */
export function createDatabase(wire: PGliteWire): Database {
  return new Kysely<unknown>({ dialect: createPGliteDialect(wire) });
}
