import * as oidc from 'openid-client';
import { OAUTH } from '../../utils/contract/oauth.ts';
import type { Hub } from '../hub.ts';
import { createOAuthAdapter } from './oauth-adapter.ts';

/** Where the identity provider sends people back to: to be registered there (docs/sign-in.md). */
export const CALLBACK = `${OAUTH}/callback`;
const MINUTES = 15;

/** Who somebody is, as the company's identity provider has vouched for. */
export interface Identity {
  issuer: string;
  subject: string;
  /** Null unless the provider says that it has been verified. */
  email: string | null;
}

export interface IdentityProvider {
  /** Where to send somebody whose sign-in at the hub has this id. */
  begin(uid: string): Promise<URL>;
  /** Who came back with this query; throws unless state, nonce, PKCE, issuer and signature are right. */
  finish(uid: string, search: string): Promise<Identity>;
}

/** Null where none is configured. */
export function createIdentityProvider(hub: Hub): IdentityProvider | null {
  const { oidc: settings } = hub.signIn;
  if (settings === null || hub.publicUrl === null) return null;
  const redirectUri = `${hub.publicUrl}${CALLBACK}`;
  const pending = createOAuthAdapter(hub)('Upstream');
  let known: Promise<oidc.Configuration> | undefined;

  // Asked when first needed, and again after a failure: the hub must start without the provider, too.
  const discover = () => {
    const issuer = new URL(settings.issuer);
    const proof = settings.clientSecret === null ? oidc.None() : oidc.ClientSecretPost(settings.clientSecret);
    // The administrator wrote http, e.g. for a Keycloak in the same private network.
    const execute = issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : [];
    known ??= oidc.discovery(issuer, settings.clientId, undefined, proof, { execute });
    known.catch(() => (known = undefined));
    return known;
  };

  return {
    async begin(uid) {
      const configuration = await discover();
      // The state names the sign-in, so that the callback finds the way back to it.
      const state = `${uid}.${oidc.randomState()}`;
      const nonce = oidc.randomNonce();
      const verifier = oidc.randomPKCECodeVerifier();
      await pending.upsert(keyOf(uid), { params: { state, nonce, verifier } }, MINUTES * 60);
      return oidc.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
    },

    async finish(uid, search) {
      const configuration = await discover();
      const checks = (await pending.find(keyOf(uid)))?.params as Record<string, string> | undefined;
      await pending.destroy(keyOf(uid));
      if (!checks) throw new Error('Nothing was begun, or it was finished already.');
      const tokens = await oidc.authorizationCodeGrant(configuration, new URL(`${redirectUri}${search}`), {
        expectedState: checks['state']!,
        expectedNonce: checks['nonce']!,
        pkceCodeVerifier: checks['verifier']!,
        idTokenExpected: true,
      });
      const claims = tokens.claims()!;
      const told = 'email' in claims ? claims : await askForMore(configuration, tokens, claims.sub);
      return { issuer: claims.iss, subject: claims.sub, email: verifiedEmail(told) };
    },
  };
}

const keyOf = (uid: string) => `upstream:${uid}`;

/** Some put the address into the ID token, others answer it only when asked. */
async function askForMore(
  configuration: oidc.Configuration,
  { access_token }: oidc.TokenEndpointResponse,
  subject: string,
): Promise<Record<string, unknown>> {
  if (configuration.serverMetadata().userinfo_endpoint === undefined) return {};
  return oidc.fetchUserInfo(configuration, access_token, subject);
}

/** Microsoft Entra says `xms_edov` for what others say `email_verified`. */
function verifiedEmail({ email, email_verified, xms_edov }: Record<string, unknown>): string | null {
  const verified =
    [email_verified, xms_edov].some((claim) => claim === true || claim === 'true') ||
    xms_edov === 1 ||
    xms_edov === '1';
  return verified && typeof email === 'string' ? email : null;
}
