import { createHash, timingSafeEqual } from 'node:crypto';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { HubEnv } from '../auth/authorise.ts';
import type { Hub } from '../hub.ts';
import { createReadiness } from './readiness.ts';

/**
 * What machines ask: whether the process lives, whether it can do its work, and what it counts. They are no part of the
 * API, so they are not under /v1.
 */
export function addStatus(app: OpenAPIHono<HubEnv>, hub: Hub): void {
  const whyNotReady = createReadiness(hub);
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', async (c) => {
    const reason = await whyNotReady();
    return reason === null ? c.json({ status: 'ready' }) : c.json({ status: 'not-ready', reason }, 503);
  });

  // A token and nothing else: behind a proxy on the same machine, every request comes from this machine.
  const { metricsToken } = hub;
  if (metricsToken === null) return;
  app.get('/metrics', async (c) => {
    const token = /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? '';
    if (!timingSafeEqual(digest(token), digest(metricsToken))) {
      return c.text('Send TANDEM_METRICS_TOKEN as a bearer token.\n', 401, { 'www-authenticate': 'Bearer' });
    }
    const { registry } = hub.metrics;
    return c.body(await registry.metrics(), 200, { 'content-type': registry.contentType });
  });
}

/** So that both have one length. */
const digest = (text: string) => createHash('sha256').update(text).digest();
