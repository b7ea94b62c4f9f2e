import { Kysely } from 'kysely';
import pg from 'pg';
import { createValues } from './pglite-values.ts';
import { createPostgresDialect } from './postgres-dialect.ts';
import { type PoolSettings, PrimaryPool } from './primary-pool.ts';
import { perWorkspace, type Scope } from './scope.ts';
import { StatementNames } from './statement-names.ts';
import type { Store } from './store.ts';

export interface PostgresAddresses {
  /** Of the database, perhaps with several hosts. */
  url: string;
  /** The same database as the role that owns the tables; by default the one of `url`. */
  ownerUrl?: string | undefined;
}

export interface PostgresStore extends Store {
  /** For figures about its connections. */
  pool: PrimaryPool;
}

/** A store on a PostgreSQL server. Connects when it is first asked for something. */
export function createPostgresStore(
  { url, ownerUrl = url }: PostgresAddresses,
  settings: Omit<PoolSettings, 'types'> = {},
): PostgresStore {
  const pool = new PrimaryPool(url, { ...settings, types: TYPES });
  // Migrations may take their time, and are rare.
  const owners = new PrimaryPool(ownerUrl, { ...settings, connections: 2, queryMs: 0, types: TYPES });
  const names = new StatementNames();
  const databaseIn = (from: PrimaryPool, scope: Scope) =>
    new Kysely<unknown>({ dialect: createPostgresDialect(from, names, scope) });
  return {
    in: perWorkspace((workspaceId) => databaseIn(pool, { workspaceId })),
    owner: databaseIn(owners, 'owner'),
    embedded: false,
    pool,
    // A server that is gone comes back, or another takes its place.
    died: new Promise(() => undefined),
    close: async () => {
      await Promise.all([pool.close(), owners.close()]);
    },
  };
}

/** PostgreSQL's own array types, by `select typelem, oid from pg_type` (PostgreSQL 18, 2026-11-22). */
const ARRAYS = [
  { element: pg.types.builtins.BOOL, array: 1000 },
  { element: pg.types.builtins.BYTEA, array: 1001 },
  { element: pg.types.builtins.INT2, array: 1005 },
  { element: pg.types.builtins.INT4, array: 1007 },
  { element: pg.types.builtins.TEXT, array: 1009 },
  { element: pg.types.builtins.INT8, array: 1016 },
  { element: pg.types.builtins.FLOAT8, array: 1022 },
  { element: pg.types.builtins.TIMESTAMPTZ, array: 1185 },
  { element: pg.types.builtins.UUID, array: 2951 },
];
const values = createValues(ARRAYS);

/** Both engines' values become the same. */
const TYPES: pg.CustomTypesConfig = {
  getTypeParser: (type: number) => (text: string | null) => values.parse(type, text),
};
