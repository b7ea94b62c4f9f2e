import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'kysely';
import { createEmbeddedStore } from '../../../server/store/embedded-store.ts';
import { migrate, readMigrations } from '../../../server/store/migrate.ts';
import { createWire } from '../../../server/store/pglite-wire.ts';
import { createPostgresStore } from '../../../server/store/postgres-store.ts';
import type { Store } from '../../../server/store/store.ts';
import { inject } from 'vitest';
import type {} from './postgres-cluster.ts';

const CACHE = new URL('../../../node_modules/.cache/tandem/', import.meta.url);

/** The server to test on; undefined where the embedded database is tested. */
export const serverUrl = (): string | undefined => inject('postgresUrl');

/** An empty, migrated database: on the server that the tests run on, or embedded in memory. */
export function openTestStore(): Promise<Store> {
  const url = serverUrl();
  return url === undefined ? openEmbedded() : openOnServer(url);
}

/** Starting PostgreSQL takes seconds, a copy of a started one does not. */
async function openEmbedded(): Promise<Store> {
  const pglite = await PGlite.create({ dataDir: 'memory://', loadDataDir: await migratedFolder() });
  return createEmbeddedStore({ wire: createWire(pglite) });
}

/** An empty database on the server that the tests run on, which no hub has seen. */
export async function newDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const server = createPostgresStore({ url: serverUrl() ?? '' });
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await sql`create database ${sql.id(name)}`.execute(server.owner);
  return {
    url: databaseUrl(serverUrl() ?? '', name),
    drop: async () => {
      await sql`drop database ${sql.id(name)} with (force)`.execute(server.owner);
      await server.close();
    },
  };
}

/** A database of its own on the server, gone when the store is closed. */
async function openOnServer(url: string): Promise<Store> {
  const template = `tandem_${await migrationsHash()}`;
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const server = createPostgresStore({ url });
  await ensureTemplate(server, url, template);
  await sql`create database ${sql.id(name)} template ${sql.id(template)}`.execute(server.owner);
  const store = createPostgresStore({ url: databaseUrl(url, name) });
  return {
    ...store,
    close: async () => {
      await store.close();
      await sql`drop database ${sql.id(name)} with (force)`.execute(server.owner);
      await server.close();
    },
  };
}

/** Test files start at the same time; the lock lets one of them make the template. */
async function ensureTemplate(server: Store, url: string, template: string): Promise<void> {
  await server.owner.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(hashtext('tandem.template'))`.execute(connection);
    const { rows } = await sql`select 1 from pg_database d where d.datname = ${template}`.execute(connection);
    if (rows.length === 0) {
      const unfinished = `${template}_unfinished`;
      await sql`drop database if exists ${sql.id(unfinished)} with (force)`.execute(connection);
      await sql`create database ${sql.id(unfinished)}`.execute(connection);
      const fresh = createPostgresStore({ url: databaseUrl(url, unfinished) });
      await migrate(fresh.owner);
      await fresh.close();
      await sql`alter database ${sql.id(unfinished)} rename to ${sql.id(template)}`.execute(connection);
    }
    await sql`select pg_advisory_unlock(hashtext('tandem.template'))`.execute(connection);
  });
}

/** The same server's other database. */
export function databaseUrl(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

async function migrationsHash(): Promise<string> {
  const walls = await readFile(new URL('../../../server/store/row-security.ts', import.meta.url));
  const migrations = JSON.stringify(await readMigrations());
  return createHash('sha256').update(migrations).update(walls).digest('hex').slice(0, 16);
}

async function migratedFolder(): Promise<Blob> {
  const hash = await migrationsHash();
  const file = new URL(`${hash}.tar`, CACHE);
  const cached = await readFile(file).catch(() => null);
  if (cached) return new Blob([cached]);
  const pglite = await PGlite.create('memory://');
  const store = createEmbeddedStore({ wire: createWire(pglite) });
  await migrate(store.owner);
  const dump = await pglite.dumpDataDir('none');
  await pglite.close();
  await mkdir(CACHE, { recursive: true });
  // Other test files may be doing the same: the rename lets nobody read half a file.
  const unfinished = new URL(`${hash}.${process.pid}`, CACHE);
  await writeFile(unfinished, new Uint8Array(await dump.arrayBuffer()));
  await rename(unfinished, file);
  return dump;
}
