import { serve } from '@hono/node-server';
import type { AddressInfo, Server } from 'node:net';
import { once } from 'node:events';
import { pino } from 'pino';
import { ensureAgreement } from './agreement/ensure-agreement.ts';
import { createApp } from './app.ts';
import { SignInCodes } from './auth/sign-in-codes.ts';
import { type Environment, EnvironmentError } from './environment.ts';
import { fail } from './fail.ts';
import type { Hub } from './hub.ts';
import { regularJobs, startJobs } from './jobs/jobs.ts';
import { createMailer } from './mailer.ts';
import { prepareWorkspace } from './prepare-workspace.ts';
import { migrate } from './store/migrate.ts';
import { openStore } from './store/open-store.ts';

const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const clock = () => new Date();

/**
 * Starts the hub. Resolves once it listens, and ends the process by itself when it is told to stop.
 *
 * @throws EnvironmentError, DataFolderError: what a person can mend
 */
export async function startHub(environment: Environment): Promise<void> {
  const logger = pino({ level: environment.LOG_LEVEL }, pino.destination(2));
  const store = await openStore(environment);
  void store.died.then(fail);
  await migrate(store.owner);
  const workspaceId = await prepareWorkspace(store.owner, environment, clock());
  await ensureAgreement(store.in(workspaceId), workspaceId, clock(), logger);
  const signInCodes = new SignInCodes((signInCode) => say({ signInCode }));
  const hub: Hub = {
    databaseOf: store.in,
    clock,
    logger,
    signInCodes,
    workspaceId,
    mailer: createMailer(environment),
    publicUrl: environment.TANDEM_PUBLIC_URL ?? null,
    extensionOrigins: environment.TANDEM_EXTENSION_ORIGINS,
    requestsPerMinute: environment.TANDEM_REQUESTS_PER_MINUTE,
    wake: () => jobs.wake(),
  };
  const jobs = startJobs(hub, regularJobs(store));
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
      void jobs
        .stop()
        .then(() => store.close())
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
