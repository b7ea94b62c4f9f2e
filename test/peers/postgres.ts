import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createConnection } from 'node:net';
import { once } from 'node:events';
import { ready, run, type Running, start } from './processes.ts';

export const POSTGRES_PACKAGES = ['postgresql'];
const PROGRAMS = '/usr/lib/postgresql';
/** PostgreSQL refuses to run as root. */
const AS_POSTGRES = ['--reuid=postgres', '--regid=postgres', '--init-groups'];
/** What is in it is made anew at need, so nothing waits for a disk. */
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

export interface Access {
  user: string;
  password: string;
}

/** The newest major version that is installed. */
export async function postgresVersion(): Promise<string> {
  const versions = (await readdir(PROGRAMS)).map(Number).filter(Number.isInteger);
  if (versions.length === 0) throw new Error('PostgreSQL is installed, but not where Debian has it.');
  return String(Math.max(...versions));
}

/** Makes a cluster of its own in a folder, with one user. */
export async function initPostgres(folder: string, { user, password }: Access): Promise<void> {
  const secret = join(folder, 'password');
  const data = join(folder, 'cluster');
  await mkdir(data);
  await writeFile(secret, password);
  await run('chown', ['postgres:postgres', data, secret]);
  const initdb = join(PROGRAMS, await postgresVersion(), 'bin/initdb');
  await run('setpriv', [
    ...AS_POSTGRES,
    ...[initdb, '-D', data, '-U', user, `--pwfile=${secret}`, '--auth=scram-sha-256'],
    ...['--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'],
  ]);
}

/** Starts the folder's cluster and waits until it can be connected to. */
export async function startPostgres(folder: string, port: number): Promise<Running> {
  const program = join(PROGRAMS, await postgresVersion(), 'bin/postgres');
  const postgres = start('setpriv', [
    ...AS_POSTGRES,
    ...[program, '-D', join(folder, 'cluster'), '-p', String(port), '-h', '127.0.0.1', '-k', ''],
    ...FAST.flatMap((setting) => ['-c', setting]),
  ]);
  await ready('PostgreSQL', postgres, () => listens(port));
  return postgres;
}

async function listens(port: number): Promise<boolean> {
  const socket = createConnection(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.destroy();
  return true;
}
