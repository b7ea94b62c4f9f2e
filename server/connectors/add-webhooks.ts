import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { HubEnv } from '../auth/authorise.ts';
import { createRateLimit } from '../auth/rate-limit.ts';
import type { Hub } from '../hub.ts';
import { answerProblem } from '../problem.ts';
import { clientAddress } from '../sign-in/client-address.ts';
import { takeWebhook, type WebhookOutcome } from './take-webhook.ts';
import { WEBHOOKS } from './webhook-address.ts';

/** Per minute and address: systems send in bursts, and what is turned away they send again. */
const REQUESTS_PER_MINUTE = 600;

/**
 * Adds the addresses at which other systems say that something has changed. They are no part of the API: each system has
 * its own way to prove that it is the sender, and signs the bytes as they are, so nothing may have unpacked them before.
 */
export function addWebhooks(app: OpenAPIHono<HubEnv>, hub: Hub): void {
  const limit = createRateLimit('webhooks', REQUESTS_PER_MINUTE);
  const take = async (c: Context<HubEnv>) => {
    await limit(c, clientAddress(c, hub.signIn.trustedProxies));
    const { system = '', secret: given } = c.req.param() as { system?: string; secret?: string };
    const { pathname, search, origin } = new URL(c.req.url);
    const request = {
      method: c.req.method,
      url: new URL(`${hub.publicUrl ?? origin}${pathname}${search}`),
      headers: c.req.raw.headers,
      body: Buffer.from(await c.req.arrayBuffer()),
    };
    const outcome = await takeWebhook(hub, system, { request, given });
    if (outcome !== 'unknown') hub.metrics.webhook(system, outcome);
    return answer(c, outcome);
  };
  app.post(`${WEBHOOKS}/:system`, take);
  app.post(`${WEBHOOKS}/:system/:secret`, take);
}

function answer(c: Context<HubEnv>, outcome: WebhookOutcome): Response {
  if (outcome === 'unknown') return answerProblem(c, 'not-found', 'There is no such source here.');
  if (outcome === 'refused')
    return answerProblem(c, 'signed-out', 'The signature or the secret is wrong, or the time is not now.');
  if (outcome === 'unavailable') return answerProblem(c, 'unavailable', 'Send it again later.');
  if (outcome === 'unreadable') return answerProblem(c, 'invalid', 'This is not what the system describes.');
  // Systems look at the status only, and some take no other than this one for success.
  return c.body(null, 200);
}
