import type { OpenAPIHono } from '@hono/zod-openapi';
import { html } from 'hono/html';
import type { HubEnv } from '../auth/authorise.ts';
import { createRateLimit } from '../auth/rate-limit.ts';
import type { Hub } from '../hub.ts';
import { logFailure } from '../log-failure.ts';
import { ProblemError } from '../problem.ts';
import { clientAddress } from '../sign-in/client-address.ts';
import { answerPage, type Page } from '../sign-in/page.ts';
import { noticePage } from '../sign-in/pages.ts';
import { finishSourceSignIn, type SignInOutcome } from './finish-sign-in.ts';

/** Per minute and address: an administrator needs one. */
const TRIES_PER_MINUTE = 30;

/** Adds the page to which a system sends an administrator back (`redirectUrlOf` says where). */
export function addSourceCallback(app: OpenAPIHono<HubEnv>, hub: Hub): void {
  const limit = createRateLimit('connect', TRIES_PER_MINUTE);
  app.get('/connect/:system/callback', async (c) => {
    try {
      await limit(c, clientAddress(c, hub.signIn.trustedProxies));
      const { search } = new URL(c.req.url);
      return await answerPage(c, pageOf(await finishSourceSignIn(hub, c.req.param('system'), search)));
    } catch (error) {
      if (error instanceof ProblemError && error.problem === 'too-many-requests')
        return answerPage(c, noticePage('busy', 429));
      logFailure(hub.logger, error, 'sign-in at a source failed');
      return answerPage(c, noticePage('failed', 500));
    }
  });
}

function pageOf(outcome: SignInOutcome): Page {
  if (outcome.kind === 'over')
    return { title: (w) => w.expiredTitle, status: 400, body: (w) => html`<p>${w.sourceOver}</p>` };
  const { kind, label } = outcome;
  if (kind === 'done')
    return { title: (w) => w.sourceDoneTitle(label), body: (w) => html`<p>${w.sourceDone}</p>` };
  return {
    title: (w) => w.sourceFailedTitle(label),
    status: 400,
    body: (w) =>
      html`<p>${w.inWords(outcome.words)}</p>
        <p>${w.sourceAgain}</p>`,
  };
}
