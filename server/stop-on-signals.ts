import type { Server } from 'node:http';
import type { Hub } from './hub.ts';

/** Whoever started the hub would kill it soon anyway, and a request that takes longer hangs. */
const HARD_LIMIT_MS = 30_000;

interface Running {
  logger: Hub['logger'];
  /** Aborted at the first signal. */
  stopping: AbortController;
  server: Server;
  /** How long requests are still taken, so that load balancers have seen at /readyz that there is another hub to ask. */
  drainSeconds: number;
  /** Ends streams, which would hold the end up for ever. */
  endStreams: () => Promise<void>;
  /** Ends everything else once the last request is answered. */
  close: () => Promise<void>;
}

/**
 * Ends the process in order at SIGTERM or SIGINT: /readyz turns 503 and what lasts (live streams) ends, then nobody
 * new is let in and every request under way is answered, then jobs and database end. A second signal ends it at once,
 * and so does the hard limit.
 */
export function stopOnSignals({ logger, stopping, server, drainSeconds, endStreams, close }: Running): void {
  const stop = () => {
    if (stopping.signal.aborted) process.exit(1);
    logger.info({ drainSeconds }, 'stopping');
    stopping.abort();
    void endStreams();
    setTimeout(
      () => {
        logger.error('did not end in time');
        process.exit(1);
      },
      drainSeconds * 1000 + HARD_LIMIT_MS,
    ).unref();
    setTimeout(() => void finish(), drainSeconds * 1000);
  };
  const finish = async () => {
    await closeServer(server);
    await close();
    process.exit(0);
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
}

async function closeServer(server: Server): Promise<void> {
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeIdleConnections();
  // Kept-alive connections become idle one by one; each would hold the end up by its own timeout.
  const closeIdle = setInterval(() => server.closeIdleConnections(), 100);
  await closed;
  clearInterval(closeIdle);
}
