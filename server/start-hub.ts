import { serve } from '@hono/node-server';
import { sql } from 'kysely';
import type { AddressInfo, Server } from 'node:net';
import { once } from 'node:events';
import { pino } from 'pino';
import { v7 as uuid } from 'uuid';
import { ensureAgreement } from './agreement/ensure-agreement.ts';
import { createApp } from './app.ts';
import { SignInCodes } from './auth/sign-in-codes.ts';
import { type Environment, EnvironmentError } from './environment.ts';
import { fail } from './fail.ts';
import type { Hub } from './hub.ts';
import { importNext } from './jobs/import.ts';
import { startJobs } from './jobs/jobs.ts';
import { createMailer } from './mailer.ts';
import { evaluatePeople } from './qualification/evaluate-people.ts';
import { generateSample } from './sample/generate-sample.ts';
import { openDataFolder } from './store/data-folder.ts';
import { createDatabase, type Database } from './store/database.ts';
import { loadSample } from './store/load-sample.ts';
import { migrate } from './store/migrate.ts';
import { createWorkspace, findWorkspace } from './store/workspaces.ts';

const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const clock = () => new Date();

/** Sees to it that there is a workspace, and returns its id. */
async function prepareWorkspace(db: Database, withSample: boolean): Promise<string> {
  const existing = await findWorkspace(db);
  if (existing !== null) return existing;
  const now = clock();
  if (withSample) {
    const sample = generateSample({ now });
    await loadSample(db, sample, now);
    const { id } = sample.workspace;
    // All at once, because ranks are among all: whoever looked before would see wrong ones.
    const everybody = sample.people.map((person) => person.id);
    await db.transaction().execute((tx) => evaluatePeople(tx, id, everybody, now));
    // PGlite does not look at its tables by itself, and plans badly for what it has not seen.
    await sql`analyze`.execute(db);
    return id;
  }
  const workspace = { id: uuid(), name: 'My company', domains: [] };
  const admin = {
    id: uuid(),
    name: 'Local user',
    email: 'local.user@example.com',
    role: 'admin' as const,
    team: 'sales' as const,
  };
  await db.transaction().execute((tx) => createWorkspace(tx, workspace, [admin], now));
  return workspace.id;
}

/**
 * Starts the hub. Resolves once it listens, and ends the process by itself when it is told to stop.
 *
 * @throws EnvironmentError, DataFolderError: what a person can mend
 */
export async function startHub(environment: Environment): Promise<void> {
  const logger = pino({ level: environment.LOG_LEVEL }, pino.destination(2));
  const data = await openDataFolder(environment.TANDEM_DATA);
  void data.died.then(fail);
  const db = createDatabase(data.wire);
  await migrate(db);
  const workspaceId = await prepareWorkspace(db, environment.TANDEM_SAMPLE === '1');
  await ensureAgreement(db, workspaceId, clock(), logger);
  const signInCodes = new SignInCodes((signInCode) => say({ signInCode }));
  const hub: Hub = {
    databaseOf: () => db,
    clock,
    logger,
    signInCodes,
    workspaceId,
    mailer: createMailer(environment),
    publicUrl: environment.TANDEM_PUBLIC_URL ?? null,
    extensionOrigins: environment.TANDEM_EXTENSION_ORIGINS,
    requestsPerMinute: environment.TANDEM_REQUESTS_PER_MINUTE,
    wake: () => {
      jobs.wake();
      imports.wake();
    },
  };
  const jobs = startJobs(hub);
  // Beside the others: a file of a million rows must not hold up anybody's clock.
  const imports = startJobs(hub, { import: importNext });
  const app = createApp(hub);

  const server = serve({ fetch: app.fetch, port: environment.PORT, hostname: environment.HOST }) as Server & {
    closeIdleConnections(): void;
  };
  await once(server, 'listening').catch((error: Error) => {
    const where = `PORT=${environment.PORT} on HOST=${environment.HOST}`;
    throw new EnvironmentError(
      `The hub cannot listen at ${where}: ${error.message}. Choose another PORT, or 0 for any free one.`,
    );
  });
  const stop = () => {
    process.off('SIGTERM', stop).off('SIGINT', stop);
    // Kept-alive connections become idle one by one; each would hold the end up by its own timeout.
    const closeIdle = setInterval(() => server.closeIdleConnections(), 100);
    server.close(() => {
      clearInterval(closeIdle);
      void Promise.all([jobs.stop(), imports.stop()])
        .then(() => data.close())
        .then(() => process.exit(0));
    });
    server.closeIdleConnections();
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);

  // Last, so that whoever reads it may already send a signal.
  const { port } = server.address() as AddressInfo;
  const host = environment.HOST.includes(':') ? `[${environment.HOST}]` : environment.HOST;
  say({ url: `http://${host}:${port}`, signInCode: signInCodes.current });
}
