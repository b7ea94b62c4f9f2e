import { OpenAPIHono } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import { api, type Api } from '../utils/contract/api.ts';
import { OAUTH, SCOPE } from '../utils/contract/oauth.ts';
import { addSourceCallback } from './connectors/callback-page.ts';
import { addWebhooks } from './connectors/add-webhooks.ts';
import { extensionCors } from './cors.ts';
import { addSwitchOff } from './digest/switch-off.ts';
import type { Hub } from './hub.ts';
import { addOperation } from './add-operation.ts';
import { createAuthorise, type HubEnv } from './auth/authorise.ts';
import { observeRequests } from './observe-requests.ts';
import type { Handlers } from './operation.ts';
import { inflate } from './inflate.ts';
import { logFailure } from './log-failure.ts';
import { answerProblem, answerThrown } from './problem.ts';
import { handlers } from './routes/index.ts';
import { mountOAuth } from './sign-in/mount-oauth.ts';
import { addStatus } from './status/add-status.ts';

const MAX_BODY_BYTES = 1024 * 1024;

/** The hub as a function from requests to answers; `handlers` can be replaced in tests. */
export function createApp(hub: Hub, answers: Handlers = handlers): OpenAPIHono<HubEnv> {
  const app = new OpenAPIHono<HubEnv>({
    defaultHook: (result, c) => {
      if (result.success) return undefined;
      const errors = result.error.issues.map(({ path, message }) => ({
        pointer: pointerTo(path),
        detail: message,
      }));
      return answerProblem(
        c,
        'invalid',
        `Wrong in the ${PLACES[result.target] ?? result.target}; see errors.`,
        { errors },
      );
    },
  });

  app.use(observeRequests(hub));
  app.use(extensionCors(hub.extensionOrigins));
  // Before anything reads the body: the OAuth server does so itself.
  mountOAuth(app, hub);
  app.use(
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: (c) => answerProblem(c, 'too-large', `At most ${MAX_BODY_BYTES} bytes; split the batch.`),
    }),
  );

  addSwitchOff(app, hub);
  addStatus(app, hub);
  addSourceCallback(app, hub);
  addWebhooks(app, hub);
  app.use(inflate(MAX_BODY_BYTES));
  const authorise = createAuthorise(hub);
  for (const name of Object.keys(api) as (keyof Api)[]) {
    addOperation(app, { hub, authorise }, [name, api[name], answers[name]]);
  }
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
  const oauthFlow = {
    authorizationUrl: `${OAUTH}/authorize`,
    tokenUrl: `${OAUTH}/token`,
    scopes: { [SCOPE]: 'Be the user' },
  };
  app.openAPIRegistry.registerComponent('securitySchemes', 'oauth', {
    type: 'oauth2',
    description: 'How a client gets the token of `bearer`; PKCE with S256 is required.',
    flows: { authorizationCode: { ...oauthFlow, refreshUrl: oauthFlow.tokenUrl } },
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'writeKey', {
    type: 'http',
    scheme: 'basic',
    description: 'A write key as the user name, as Segment does it; or send it as a bearer token.',
  });
  app.doc31('/openapi.json', { openapi: '3.1.0', info: { title: 'Tandem hub', version: '1' } });

  app.notFound((c) => {
    const methods = methodsOf(c.req.path);
    if (methods.length === 0) return answerProblem(c, 'not-found', 'The hub has no such address.');
    return c.json({ type: 'about:blank', title: 'Method Not Allowed', status: 405 }, 405, {
      'content-type': 'application/problem+json',
      allow: methods.join(', '),
    });
  });
  app.onError((error, c) => {
    const answer = answerThrown(c, error);
    if (answer) return answer;
    const requestId = c.get('requestId');
    logFailure(hub.logger.child({ requestId }), error, 'failed');
    return answerProblem(
      c,
      'internal',
      'This is a bug in the hub or its database is gone; the log of the hub says more.',
      { requestId },
    );
  });
  return app;
}

const PLACES: Record<string, string> = { json: 'body', param: 'path', query: 'query', header: 'headers' };

/** A JSON pointer (RFC 6901). */
function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function methodsOf(path: string): string[] {
  return Object.values(api)
    .filter((operation) => new RegExp(`^${operation.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path))
    .map(({ method }) => method.toUpperCase());
}
