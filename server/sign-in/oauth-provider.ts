import { generateKeyPairSync } from 'node:crypto';
import { type Configuration, type JWK, interactionPolicy, Provider } from 'oidc-provider';
import { CLIENT_ID, OAUTH, SCOPE } from '../../utils/contract/oauth.ts';
import { Language } from '../../utils/contract/primitives.ts';
import type { Hub } from '../hub.ts';
import { logFailure } from '../log-failure.ts';
import { readActiveUser } from '../store/workspaces.ts';
import { cookieKeys } from './cookie-keys.ts';
import { createOAuthAdapter } from './oauth-adapter.ts';
import { renderPage } from './page.ts';
import { noticePage } from './pages.ts';
import { redirectUris } from './redirect-uris.ts';
import { SESSION_DAYS } from './sessions.ts';

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;
/** How long somebody may take to sign in, a mail included. */
const INTERACTION_MINUTES = 20;

/** The hub as an OAuth 2.1 server for the extension (docs/decisions/0009-sign-in.md). */
export async function createOAuthProvider(hub: Hub, origin: string): Promise<Provider> {
  const configuration: Configuration = {
    adapter: createOAuthAdapter(hub),
    clients: [
      {
        client_id: CLIENT_ID,
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        redirect_uris: redirectUris(hub.extensionOrigins),
        id_token_signed_response_alg: 'ES256',
      },
    ],
    cookies: { keys: await cookieKeys(hub) },
    // Nothing is ever signed, for no ID token is issued; the library wants key and algorithm all the same.
    jwks: { keys: [throwAwayKey()] },
    scopes: [SCOPE],
    responseTypes: ['code'],
    pkce: { required: () => true },
    routes: { authorization: '/authorize', token: '/token', revocation: '/revoke', jwks: '/jwks' },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      resourceIndicators: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      revocation: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
      },
    },
    interactions: {
      // Everybody is asked who they are, and nobody for consent: the extension is the hub's own.
      policy: [loginPrompt()],
      url: (_ctx, { uid }) => `${OAUTH}/interaction/${uid}`,
    },
    async findAccount(_ctx, id) {
      const user = await readActiveUser(hub.databaseOf(hub.workspaceId), hub.workspaceId, id);
      return user && { accountId: user.id, claims: () => ({ sub: user.id }) };
    },
    // Our own CORS, before this, has let the extension in.
    clientBasedCORS: () => false,
    issueRefreshToken: () => true,
    rotateRefreshToken: () => true,
    // There is no browser session that they could expire with: see mount-oauth.ts.
    expiresWithSession: () => false,
    async renderError(ctx, { error }) {
      hub.logger.info({ error }, 'sign-in refused');
      const language = ctx.acceptsLanguages(...Language.options) || 'en';
      const { text, headers } = await renderPage(noticePage('failed'), Language.parse(language));
      ctx.set(headers);
      ctx.type = 'html';
      ctx.body = text;
    },
    ttl: {
      AccessToken: 60 * MINUTE,
      AuthorizationCode: MINUTE,
      RefreshToken: SESSION_DAYS * DAY,
      Grant: SESSION_DAYS * DAY,
      Interaction: INTERACTION_MINUTES * MINUTE,
      Session: MINUTE,
    },
  };
  const provider = new Provider(`${origin}${OAUTH}`, configuration);
  // Of the headers this believes, mount-oauth.ts leaves none that came from outside.
  provider.proxy = true;
  provider.on('server_error', (_ctx, error) => logFailure(hub.logger, error, 'sign-in failed'));
  return provider;
}

function loginPrompt() {
  const login = interactionPolicy.base().get('login');
  if (!login) throw new Error('The library has no login prompt any more.');
  return login;
}

function throwAwayKey(): JWK {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ format: 'jwk' });
}
