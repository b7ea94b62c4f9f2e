import * as oidc from 'openid-client';
import { z } from 'zod';
import { RefusedTargetError } from '../deliveries/checked-lookup.ts';
import type { Connector } from './connector.ts';
import { readText, refusalWord } from './read-answer.ts';
import { SourceError } from './source-error.ts';
import type { SourceFetch } from './source-fetch.ts';
import type { StoredToken } from './source-secrets.ts';

/** Somebody looks at a page that does not load meanwhile. */
const TIMEOUT_SECONDS = 20;
const MAX_ANSWER_BYTES = 64 * 1024;
/** What is not kept beside the token: it is there already, or of no use. */
const KNOWN = new Set(['access_token', 'refresh_token', 'token_type', 'expires_in']);
/** What is not looked at: who signed in does not matter, and lists of scopes come in every form. */
const IGNORED = new Set(['id_token', 'scope', 'scopes']);
/** What systems call it when a sign-in is over for good. */
const OVER = ['"invalid_grant"', '"BAD_REFRESH_TOKEN"'];

/** The hub as the client of a system, as the administrator registered it there. */
export interface OAuthClient {
  connector: Connector;
  settings: Record<string, unknown>;
  fetch: SourceFetch;
  now: () => Date;
}

/** The system has ended the sign-in: only an administrator can begin another. */
export class SignInOverError extends SourceError {}

/** Whether these settings are of a client that signs in; otherwise they hold a key. */
export const signsIn = ({ oauth }: Connector, { clientId }: Record<string, unknown>): boolean =>
  oauth !== undefined && typeof clientId === 'string' && clientId !== '';

/** What only the hub that begins a sign-in can know when it ends (PKCE). */
export const newVerifier = (): string => oidc.randomPKCECodeVerifier();

/** Where an administrator signs the hub in; the system sends them back to `redirectUrl`. */
export async function signInUrl(
  client: OAuthClient,
  { redirectUrl, state, verifier }: { redirectUrl: string; state: string; verifier: string },
): Promise<string> {
  const { configuration, scopes } = configure(client);
  const url = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUrl,
    state,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(scopes.length > 0 && { scope: scopes.join(' ') }),
  });
  return url.href;
}

/**
 * Takes the token for the code with which an administrator came back.
 *
 * @throws SourceError
 */
export async function takeToken(
  client: OAuthClient,
  { callback, state, verifier }: { callback: URL; state: string; verifier: string },
): Promise<StoredToken> {
  const { configuration } = configure(client);
  const url = new URL(callback);
  // Says who answers, which we know: each system has an address of its own to send people back to (RFC 9700, 4.4.2).
  url.searchParams.delete('iss');
  const checks = { expectedState: state, pkceCodeVerifier: verifier };
  const answer = await oidc.authorizationCodeGrant(configuration, url, checks).catch(rethrow);
  return storedToken(answer, client.now());
}

/**
 * Takes another token in the place of one that has expired or is not taken any more.
 *
 * @throws SignInOverError, SourceError
 */
export async function takeFreshToken(client: OAuthClient, stale: StoredToken): Promise<StoredToken> {
  if (stale.refreshToken === undefined) throw new SignInOverError('signed-out');
  const { configuration } = configure(client);
  const answer = await oidc.refreshTokenGrant(configuration, stale.refreshToken).catch(rethrow);
  const { refreshToken } = stale;
  const fresh = storedToken(answer, client.now());
  // What is not said again still holds.
  return { refreshToken, ...fresh, extra: { ...stale.extra, ...fresh.extra } };
}

function configure({ connector: { oauth, label }, settings, fetch }: OAuthClient) {
  if (!oauth) throw new Error(`${label} is not signed in to.`);
  const authorizeUrl = oauth.authorizeUrl(settings);
  const tokenUrl = oauth.tokenUrl(settings);
  const metadata = {
    issuer: new URL(authorizeUrl).origin,
    authorization_endpoint: authorizeUrl,
    token_endpoint: tokenUrl,
  };
  const { clientId, clientSecret } = settings;
  const proof = proofOf(oauth.clientAuthentication, clientSecret);
  const configuration = new oidc.Configuration(metadata, String(clientId), undefined, proof);
  configuration.timeout = TIMEOUT_SECONDS;
  configuration[oidc.customFetch] = (url, options) => ask(fetch, url, options);
  // The administrator wrote http, for a system in the same private network.
  if (tokenUrl.startsWith('http:')) oidc.allowInsecureRequests(configuration);
  return { configuration, scopes: oauth.scopes };
}

function proofOf(how: 'basic' | 'post', secret: unknown): oidc.ClientAuth {
  if (typeof secret !== 'string' || secret === '') return oidc.None();
  return how === 'basic' ? oidc.ClientSecretBasic(secret) : oidc.ClientSecretPost(secret);
}

/** Says failures in our words, and takes away what the library would check by rules that not every system keeps. */
async function ask(fetch: SourceFetch, url: string, options: oidc.CustomFetchOptions): Promise<Response> {
  const { method, headers, body, signal } = options;
  const response = await fetch(
    new Request(url, {
      method,
      headers,
      body: (body ?? null) as BodyInit | null,
      redirect: 'manual',
      ...(signal && { signal }),
    }),
  ).catch((error: unknown) => {
    if (error instanceof RefusedTargetError) throw new SourceError('refused');
    throw new SourceError(signal?.aborted === true ? 'timeout' : 'unreachable', {
      detail: new URL(url).host,
    });
  });
  const text = await readText(response, MAX_ANSWER_BYTES);
  if (response.status !== 200) throw refusal(response.status, text);
  const said = z.looseObject({}).safeParse(parseJson(text));
  if (!said.success) throw new SourceError('unreadable', { detail: new URL(url).pathname });
  const used = Object.entries(said.data).filter(([name]) => !IGNORED.has(name));
  return Response.json(Object.fromEntries(used));
}

function refusal(status: number, text: string): SourceError {
  const said = { detail: refusalWord(text), status };
  if (OVER.some((word) => text.includes(word))) return new SignInOverError('signed-out', said);
  if (status === 429) return new SourceError('rate-limited', said);
  if (status >= 500) return new SourceError('unavailable', said);
  return new SourceError(status === 404 ? 'not-found' : 'signed-out', said);
}

/** The library's errors may hold the token that it could not make sense of. */
function rethrow(error: unknown): never {
  const { cause } = error as { cause?: unknown };
  if (cause instanceof SourceError) throw cause;
  if (error instanceof oidc.AuthorizationResponseError)
    throw new SourceError('forbidden', { detail: /^[a-z_]{3,64}$/.test(error.error) ? error.error : null });
  throw new SourceError('unreadable', { detail: 'the answer to the sign-in' });
}

function storedToken(answer: oidc.TokenEndpointResponse, now: Date): StoredToken {
  const extra = Object.entries(answer).flatMap(([name, value]) => {
    const isText = typeof value === 'string' || typeof value === 'number';
    return isText && !KNOWN.has(name) ? [[name, String(value)] as const] : [];
  });
  return {
    accessToken: answer.access_token,
    ...(answer.refresh_token !== undefined && { refreshToken: answer.refresh_token }),
    ...(answer.expires_in !== undefined && { expiresAt: inSeconds(answer.expires_in, now) }),
    extra: Object.fromEntries(extra),
  };
}

const inSeconds = (seconds: number, now: Date) => new Date(now.getTime() + seconds * 1_000).toISOString();

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
