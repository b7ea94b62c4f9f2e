import { browser } from 'wxt/browser';
import { CLIENT_ID, METADATA, Metadata, OAUTH, SCOPE, TokenResponse } from '../contract/oauth.ts';
import type { Failure, Result } from './failure.ts';
import { settingsItem, type StoredConnection } from './storage.ts';
import { languageOf } from './texts.ts';

const TIMEOUT_MS = 10_000;

type Granted = Required<Pick<StoredConnection, 'hubUrl' | 'renewal'>> & { token: string };
const failed = (kind: Failure['kind']) => ({ ok: false as const, error: { kind } });

/**
 * Opens the hub's sign-in in a window of the browser and exchanges its answer for tokens (OAuth 2.1 with
 * PKCE). `signed-out` when the user closed the window, or the hub did not let them in.
 */
export async function askForTokens(enteredUrl: string): Promise<Result<Granted>> {
  const origin = await readOrigin(enteredUrl);
  if (!origin.ok) return origin;
  const hubUrl = origin.value;
  const verifier = randomText();
  const state = randomText();
  const redirectUri = browser.identity.getRedirectURL();
  const url = new URL(`${OAUTH}/authorize`, hubUrl);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: CLIENT_ID,
    redirect_uri: redirectUri,
    scope: SCOPE,
    state,
    code_challenge: toBase64Url(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))),
    code_challenge_method: 'S256',
    ui_locales: languageOf((await settingsItem.get()).language),
  }).toString();
  const back = await browser.identity
    .launchWebAuthFlow({ url: url.href, interactive: true })
    .catch(() => undefined);
  const answer = URL.parse(back ?? '')?.searchParams;
  const code = answer?.get('code');
  // The answer is this hub's, to this question: else a hub could pass another one's code on to itself.
  const ours = answer?.get('state') === state && answer.get('iss') === `${hubUrl}${OAUTH}`;
  if (!code || !ours) return failed('signed-out');
  return requestTokens(hubUrl, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  });
}

/** Exchanges a refresh token for the next tokens; `signed-out` once the hub takes it no more. */
export const refreshTokens = (hubUrl: string, refreshToken: string): Promise<Result<Granted>> =>
  requestTokens(hubUrl, { grant_type: 'refresh_token', refresh_token: refreshToken });

/**
 * What the hub calls itself: it may be reached by several names, and its sign-in knows only one. That is
 * believed only from there, and everything else goes there, too.
 */
async function readOrigin(enteredUrl: string, followed = false): Promise<Result<string>> {
  const answer = await request(new URL(METADATA, enteredUrl));
  if (!answer.ok) return answer;
  const metadata = answer.value.status === 200 ? Metadata.safeParse(answer.value.body).data : undefined;
  if (!metadata) return failed('not-found');
  const { origin } = new URL(metadata.issuer);
  if (metadata.issuer !== `${origin}${OAUTH}`) return failed('not-found');
  if (origin === new URL(enteredUrl).origin) return { ok: true, value: origin };
  return followed ? failed('not-found') : readOrigin(origin, true);
}

async function requestTokens(hubUrl: string, parameters: Record<string, string>): Promise<Result<Granted>> {
  const body = new URLSearchParams({ client_id: CLIENT_ID, ...parameters });
  const answer = await request(new URL(`${OAUTH}/token`, hubUrl), { method: 'POST', body });
  if (!answer.ok) return answer;
  const { status } = answer.value;
  if (status === 400 || status === 401) return failed('signed-out');
  if (status === 429) return failed('too-many-requests');
  const tokens = status === 200 ? TokenResponse.safeParse(answer.value.body).data : undefined;
  if (!tokens) return failed('hub-error');
  const expiresAt = new Date(Date.now() + tokens.expires_in * 1000).toISOString();
  const renewal = { refreshToken: tokens.refresh_token, expiresAt };
  return { ok: true, value: { hubUrl, token: tokens.access_token, renewal } };
}

async function request(url: URL, init: RequestInit = {}): Promise<Result<{ status: number; body: unknown }>> {
  try {
    const response = await fetch(url, {
      ...init,
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const body: unknown = await response.json().catch(() => null);
    return { ok: true, value: { status: response.status, body } };
  } catch {
    return failed('offline');
  }
}

const randomText = () => toBase64Url(crypto.getRandomValues(new Uint8Array(32)).buffer);

const toBase64Url = (bytes: ArrayBuffer) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
