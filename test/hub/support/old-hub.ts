import { readFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'kysely';
import { createEmbeddedStore } from '../../../server/store/embedded-store.ts';
import { migrateIn } from '../../../server/store/migrate.ts';
import { createWire } from '../../../server/store/pglite-wire.ts';
import { createPostgresStore } from '../../../server/store/postgres-store.ts';
import type { Store } from '../../../server/store/store.ts';
import { newDatabase, serverUrl } from './test-database.ts';

export interface OldHub {
  /** The last migration it knew. */
  migration: string;
  /** When its rows were read. */
  at: string;
  /** Of a rep who is signed in. */
  token: string;
  workspaceId: string;
  /** In an order in which they may be written. */
  tables: Record<string, Record<string, unknown>[]>;
}

/**
 * What a hub of 22 November 2026 had stored, which knew no sign-in by browser, imports, reports or channels: it loaded the
 * small workspace, took in Nils Nordmann as an MQL, was told by Rita of two opinions and a call, and by Mia of an answer.
 * Written once by that hub's own program; never mend it by hand.
 */
export const readOldHub = async (): Promise<OldHub> =>
  JSON.parse(await readFile(new URL('./hub-of-0011.json', import.meta.url), 'utf8')) as OldHub;

/** A database as that hub left it, on the engine that is tested. */
export async function openOldStore({ migration, tables }: OldHub): Promise<Store> {
  const store = await openEmptyStore();
  await store.owner.transaction().execute(async (tx) => {
    await migrateIn(tx, migration);
    for (const [name, rows] of Object.entries(tables)) {
      await sql`
        insert into ${sql.table(name)}
        select * from json_populate_recordset(null::${sql.table(name)}, ${JSON.stringify(rows)}::json)`.execute(
        tx,
      );
    }
  });
  return store;
}

async function openEmptyStore(): Promise<Store> {
  if (serverUrl() === undefined) {
    return createEmbeddedStore({ wire: createWire(await PGlite.create('memory://')) });
  }
  const { url, drop } = await newDatabase();
  const store = createPostgresStore({ url });
  return {
    ...store,
    close: async () => {
      await store.close();
      await drop();
    },
  };
}
