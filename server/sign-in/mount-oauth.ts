import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, Hono } from 'hono';
import type { Provider } from 'oidc-provider';
import { METADATA, OAUTH } from '../../utils/contract/oauth.ts';
import type { HubEnv } from '../auth/authorise.ts';
import { createRateLimit } from '../auth/rate-limit.ts';
import type { Hub } from '../hub.ts';
import { ProblemError } from '../problem.ts';
import { clientAddress } from './client-address.ts';
import { createOAuthProvider } from './oauth-provider.ts';
import { addInteractionRoutes } from './interaction-routes.ts';

/** Per minute and address. A company behind one address refreshes a token per person and hour. */
const TOKEN_REQUESTS_PER_MINUTE = 120;

/** A request as Node has it, and the OAuth server that answers it. */
export interface OAuthRequest {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  provider: Provider;
}
export type OpenOAuth = (c: Context<HubEnv>) => Promise<OAuthRequest>;

/** Adds the OAuth server and the pages on which people sign in to the app. */
export function mountOAuth<Env extends HubEnv>(app: Hono<Env>, hub: Hub): void {
  const limitTokens = createRateLimit('tokens', TOKEN_REQUESTS_PER_MINUTE);
  const open = createOpener(hub);
  addInteractionRoutes(app as unknown as Hono<HubEnv>, hub, open);

  app.on(['GET', 'POST'], [`${OAUTH}/*`, METADATA], async (context) => {
    const c = context as unknown as Context<HubEnv>;
    if (c.req.method === 'POST') await limitTokens(c, clientAddress(c, hub.signIn.trustedProxies));
    const { incoming, outgoing, provider } = await open(c);
    // What our middleware has set, such as CORS: the library keeps its own back then.
    c.res.headers.forEach((value, name) => outgoing.setHeader(name, value));
    const url =
      c.req.path === METADATA ? METADATA.slice(0, -OAUTH.length) : incoming.url?.slice(OAUTH.length);
    Object.assign(incoming, { originalUrl: `${OAUTH}${url}`, url });
    await provider.callback()(incoming, outgoing);
    return new Response(null, { status: outgoing.statusCode, headers: RESPONSE_ALREADY_SENT.headers });
  });
}

/**
 * Finds the OAuth server for a request. It names itself by the hub's public address, or by the one at which
 * this request arrived: nothing that a request says of itself is believed.
 */
function createOpener(hub: Hub): OpenOAuth {
  const providers = new Map<string, Promise<Provider>>();
  return async (c) => {
    const { incoming, outgoing } = c.env ?? {};
    if (!incoming || !outgoing) throw new ProblemError('not-found', 'Sign-in needs a server.');
    const origin = hub.publicUrl ?? originOf(incoming.socket.address() as AddressInfo);
    const provider = providers.get(origin) ?? createOAuthProvider(hub, origin);
    providers.set(origin, provider);
    // A database that is away for a moment must not be the end of it.
    provider.catch(() => providers.delete(origin));
    const { protocol, host } = new URL(origin);
    incoming.headers['x-forwarded-proto'] = protocol.slice(0, -1);
    incoming.headers['x-forwarded-host'] = host;
    incoming.headers.cookie = withoutBrowserSession(incoming.headers.cookie);
    return { incoming, outgoing, provider: await provider };
  };
}

const originOf = ({ address, port }: AddressInfo) => {
  const plain = address.replace(/^::ffff:/, '');
  return `http://${plain.includes(':') ? `[${plain}]` : plain}:${port}`;
};

/** So that whoever sits down at a browser next is asked who they are, too. */
const withoutBrowserSession = (cookies = '') =>
  cookies
    .split(/;\s*/)
    .filter((cookie) => !/^_session[.=]/.test(cookie))
    .join('; ');
