import { type Configuration, Provider } from 'oidc-provider';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generateKeyPairSync } from 'node:crypto';

interface Account {
  sub: string;
  email: string;
  email_verified?: boolean;
}

/** A company's identity provider: a real OpenID provider, at which whoever comes is signed in as `account`. */
export async function startIdentityProvider(callback: string, settings: Configuration = {}) {
  const state: { account: Account } = { account: { sub: 'nobody', email: 'nobody@kontor.example' } };
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'tandem', client_secret: 'known-to-both', redirect_uris: [callback] }],
    jwks: { keys: [privateKey.export({ format: 'jwk' })] },
    cookies: { keys: ['test'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    findAccount: (_ctx, accountId) => ({ accountId, claims: () => ({ ...state.account }) }),
    renderError: (ctx, out) => {
      ctx.body = JSON.stringify(out);
    },
    clientBasedCORS: () => false,
    ...settings,
  });
  const handle = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void handle(request, response);
    const accountId = state.account.sub;
    const grant = new provider.Grant({ accountId, clientId: 'tandem' });
    grant.addOIDCScope('openid email profile');
    void grant
      .save()
      .then((grantId) =>
        provider.interactionFinished(request, response, { login: { accountId }, consent: { grantId } }),
      );
  });
  return { issuer, state, provider, stop: () => void server.close() };
}
