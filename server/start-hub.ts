import { serve } from '@hono/node-server';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { collectDefaultMetrics } from 'prom-client';
import { ensureAgreement } from './agreement/ensure-agreement.ts';
import { createApp } from './app.ts';
import { PersonViews } from './audit/person-views.ts';
import { SignInCodes } from './auth/sign-in-codes.ts';
import { createSourceAccess } from './connectors/source-access.ts';
import { type Environment, EnvironmentError } from './environment.ts';
import { fail } from './fail.ts';
import type { Hub } from './hub.ts';
import { importNext } from './jobs/import.ts';
import { regularJobs, startJobs } from './jobs/jobs.ts';
import { startOutgoing } from './jobs/outgoing.ts';
import { createLive } from './live/live.ts';
import { listenOnPostgres } from './live/listen-on-postgres.ts';
import { retentionOf } from './jobs/retain.ts';
import { createMailer } from './mailer.ts';
import { createMetrics } from './metrics.ts';
import { prepareWorkspace } from './prepare-workspace.ts';
import { createSecrets } from './secrets.ts';
import { readSecretKeys } from './secret-keys.ts';
import { signInSettings } from './sign-in/settings.ts';
import { stopOnSignals } from './stop-on-signals.ts';
import { migrate } from './store/migrate.ts';
import { openStore } from './store/open-store.ts';
import { retrying } from './store/retrying.ts';

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
  // Each may be done twice, so a database that goes away in the midst only makes the start last longer.
  const surely = <T>(step: () => Promise<T>) => retrying(step, { repeatable: true });
  await surely(() => migrate(store.owner));
  const workspaceId = await surely(() => prepareWorkspace(store.owner, environment, clock()));
  await surely(() => ensureAgreement(store.in(workspaceId), workspaceId, clock(), logger));
  const url = environment.DATABASE_URL;
  const listen = url === undefined ? undefined : listenOnPostgres(url, logger);
  const live = createLive({ databaseOf: store.in, clock, logger, listen });
  const signInCodes = new SignInCodes((signInCode) => say({ signInCode }));
  const metrics = createMetrics();
  collectDefaultMetrics({ register: metrics.registry });
  const stopping = new AbortController();
  const allowPrivateTargets =
    (environment.TANDEM_ALLOW_PRIVATE_TARGETS ?? (environment.DATABASE_URL ? '0' : '1')) === '1';
  const hub: Hub = {
    databaseOf: store.in,
    clock,
    logger,
    signInCodes,
    signIn: signInSettings(environment),
    workspaceId,
    mailer: createMailer(environment),
    secrets: createSecrets(await readSecretKeys(environment)),
    sources: createSourceAccess({ allowPrivate: allowPrivateTargets }),
    allowPrivateTargets,
    publicUrl: environment.TANDEM_PUBLIC_URL ?? null,
    extensionOrigins: environment.TANDEM_EXTENSION_ORIGINS,
    requestsPerMinute: environment.TANDEM_REQUESTS_PER_MINUTE,
    live,
    metrics,
    personViews: new PersonViews(),
    metricsToken: environment.TANDEM_METRICS_TOKEN ?? null,
    stopping: stopping.signal,
    wake: () => {
      jobs.wake();
      imports.wake();
      outgoing.wake();
    },
  };
  const jobs = startJobs(hub, regularJobs(store, { hub, retention: retentionOf(environment) }));
  // Beside the others: a file of a million rows must not hold up anybody's clock.
  const imports = startJobs(hub, { import: importNext });
  const outgoing = startOutgoing(hub);
  const app = createApp(hub);

  const server = serve({ fetch: app.fetch, port: environment.PORT, hostname: environment.HOST }) as Server;
  await once(server, 'listening').catch((error: Error) => {
    const where = `PORT=${environment.PORT} on HOST=${environment.HOST}`;
    throw new EnvironmentError(
      `The hub cannot listen at ${where}: ${error.message}. Choose another PORT, or 0 for any free one.`,
    );
  });
  stopOnSignals({
    logger,
    stopping,
    server,
    drainSeconds: environment.TANDEM_DRAIN_SECONDS,
    endStreams: () => live.close(),
    close: async () => {
      await Promise.all([jobs.stop(), imports.stop(), outgoing.stop()]);
      await hub.personViews.flush(hub);
      await store.close();
    },
  });

  // Last, so that whoever reads it may already send a signal.
  const { port } = server.address() as AddressInfo;
  const host = environment.HOST.includes(':') ? `[${environment.HOST}]` : environment.HOST;
  say({ url: `http://${host}:${port}`, signInCode: signInCodes.current });
}
