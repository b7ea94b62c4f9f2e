import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { HubEnv } from './auth/authorise.ts';
import type { Hub } from './hub.ts';

/** As proxies make them. Nothing else is taken over: an id goes into the log, and any other text could be a name. */
const SANE_ID = /^[0-9a-f][0-9a-f-]{14,62}[0-9a-f]$/i;

/** Gives every request an id, and says in the log and to the metrics what became of it. */
export function observeRequests({
  logger,
  metrics,
  stopping,
}: Pick<Hub, 'logger' | 'metrics' | 'stopping'>): MiddlewareHandler<HubEnv> {
  return async (c, next) => {
    const start = performance.now();
    const given = c.req.header('x-request-id');
    const requestId = given !== undefined && SANE_ID.test(given) ? given : randomUUID();
    c.set('requestId', requestId);
    metrics.request.begin();
    await next();
    c.header('X-Request-Id', requestId);
    // Whoever keeps the connection for the next request would send it to a hub that is gone.
    if (stopping.aborted) c.header('Connection', 'close');
    const ms = performance.now() - start;
    // The pattern, not the path, and nothing of the body: a log must hold nothing personal.
    const labels = { method: c.req.method, route: routePath(c, -1), status: c.res.status };
    metrics.request.end(labels, ms / 1000);
    logger.info({ requestId, ...labels, ms: Math.round(ms) }, 'request');
  };
}
