import type { Kysely, Transaction } from 'kysely';

/** Queries are written in SQL, so Kysely brings transactions, parameters and the drivers, not table types. */
export type Database = Kysely<unknown>;
export type WriteTransaction = Transaction<unknown>;
