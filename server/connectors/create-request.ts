import { RefusedTargetError } from '../deliveries/checked-lookup.ts';
import { askedWait } from './asked-wait.ts';
import type { AccessToken, Connector, SourceIo } from './connector.ts';
import { LONGEST_WAIT_MS, type Pace, type SourceTime } from './pace.ts';
import { parseAnswer, readText, refusalWord } from './read-answer.ts';
import { shownPath, sourceAddress } from './source-address.ts';
import { SourceError, type SourceFailure } from './source-error.ts';
import type { SourceFetch } from './source-fetch.ts';
import type { SourceAnswer, SourceRequestOptions } from './source-request.ts';

const TIMEOUT_MS = 30_000;
/** The first one and those after it: what still fails then fails for longer, and the runner comes back later. */
const MAX_ATTEMPTS = 4;
/** Before the second attempt, at most; then twice as long each time. */
const FIRST_WAIT_MS = 1_000;
/** A token that is over so soon may be so before the request has arrived. */
const EARLY_MS = 30_000;

export interface RequestParts {
  connector: Connector;
  settings: Record<string, unknown>;
  token: AccessToken | null;
  fetch: SourceFetch;
  time: SourceTime;
  pace: Pace;
  /** Asked when the token is not taken any more. @throws SourceError `signed-out` when there is no other. */
  refreshToken?: ((stale: AccessToken) => Promise<AccessToken>) | undefined;
  /** Ends what is under way: the hub stops. */
  signal?: AbortSignal | undefined;
  random?: () => number;
  timeoutMs?: number;
}

/** What a connector works with, and how many requests it has sent. */
export type CountingIo = SourceIo<Record<string, unknown>> & { readonly requests: number };

interface Answered {
  status: number;
  headers: Headers;
  text: string;
}

/** Makes what a connector works with (source-request.ts says what `request` does). */
export function createSourceIo(parts: RequestParts): CountingIo {
  const { connector, settings, time, pace, signal } = parts;
  let { token } = parts;
  let refreshing: Promise<AccessToken> | null = null;
  let requests = 0;

  const request = async <T>(path: string, options: SourceRequestOptions<T>): Promise<SourceAnswer<T>> => {
    let hasFreshToken = false;
    if (token && parts.refreshToken && isNearlyOver(token, time.now())) await refresh(token);
    for (let attempt = 1; ; attempt++) {
      const used = token;
      const failure = await attemptOnce(path, options).catch((error: unknown) => {
        if (error instanceof SourceError && !signal?.aborted) return error;
        throw error;
      });
      if (!(failure instanceof SourceError)) return failure;
      if (failure.failure === 'signed-out' && used && parts.refreshToken && !hasFreshToken) {
        hasFreshToken = true;
        await refresh(used);
        continue;
      }
      const wait = waitAfter(failure, { attempt, options, now: time.now(), random: parts.random });
      if (wait === null) throw failure;
      await time.sleep(wait, signal);
    }
  };

  /** Several requests may find the token stale at once: one asks for another. */
  const refresh = async (stale: AccessToken) => {
    if (token !== stale || !parts.refreshToken) return;
    refreshing ??= parts.refreshToken(stale).finally(() => (refreshing = null));
    token = await refreshing;
  };

  const attemptOnce = async <T>(path: string, options: SourceRequestOptions<T>): Promise<SourceAnswer<T>> => {
    const url = sourceAddress(connector.baseUrl(settings, token), path, options.query);
    const shown = shownPath(url);
    await pace.turn(url.pathname, connector.limits(settings), signal);
    requests += 1;
    const { status, headers, text } = await send(url, options);
    const isWanted = (status >= 200 && status < 300) || options.accept?.includes(status);
    if (isWanted) return { status, headers, body: parseAnswer(text, options.schema, shown) };
    const now = time.now();
    const asked = [429, 503].includes(status) ? askedWait(headers, now) : 0;
    const retryAt = asked > 0 ? new Date(now.getTime() + asked) : null;
    if (status === 429 && retryAt) pace.pause(retryAt);
    const word = refusalWord(text);
    const failure = failureOf(status);
    const detail = failure === 'forbidden' && word ? word : [shown, word].filter(Boolean).join(': ');
    throw new SourceError(failure, { detail, retryAt, status });
  };

  const send = async (url: URL, options: SourceRequestOptions<unknown>): Promise<Answered> => {
    const patience = AbortSignal.timeout(parts.timeoutMs ?? TIMEOUT_MS);
    const body = options.body === undefined ? null : JSON.stringify(options.body);
    const headers = headersOf({
      accept: 'application/json',
      'user-agent': 'Tandem',
      ...(body !== null && { 'content-type': 'application/json' }),
      ...options.headers,
      ...connector.authorise(settings, token),
    });
    try {
      const response = await parts.fetch(
        new Request(url, {
          method: options.method ?? 'GET',
          headers,
          body,
          redirect: 'manual',
          signal: AbortSignal.any([patience, ...(signal ? [signal] : [])]),
        }),
      );
      return { status: response.status, headers: response.headers, text: await readText(response) };
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof SourceError) throw error;
      throw new SourceError(connectionFailure(error, patience), { detail: url.host });
    }
  };

  return {
    settings,
    get token() {
      return token;
    },
    request,
    now: time.now,
    get requests() {
      return requests;
    },
  };
}

function headersOf(headers: Record<string, string>): Headers {
  try {
    return new Headers(headers);
  } catch {
    // The platform's words would quote the key.
    throw new SourceError('signed-out', { detail: 'a key with characters that no header can hold' });
  }
}

const isNearlyOver = ({ expiresAt }: AccessToken, now: Date) =>
  expiresAt !== undefined && Date.parse(expiresAt) - now.getTime() < EARLY_MS;

/** How long to wait before the same request is sent again; null: it is not. */
function waitAfter(
  { failure, retryAt }: SourceError,
  {
    attempt,
    options: { method = 'GET', repeatable = method === 'GET' },
    now,
    random = Math.random,
  }: {
    attempt: number;
    options: SourceRequestOptions<unknown>;
    now: Date;
    random: (() => number) | undefined;
  },
): number | null {
  // What was turned away for being too early was not done, so it may always be sent again.
  const isTransient = ['unavailable', 'unreachable', 'timeout'].includes(failure) && repeatable;
  if (attempt >= MAX_ATTEMPTS || (failure !== 'rate-limited' && !isTransient)) return null;
  const asked = retryAt ? retryAt.getTime() - now.getTime() : 0;
  if (asked > LONGEST_WAIT_MS) return null;
  const longest = FIRST_WAIT_MS * 2 ** (attempt - 1);
  // At least half of it, so that a second attempt is not the first one again.
  return Math.max(asked, Math.round(longest * (0.5 + random() / 2)));
}

function failureOf(status: number): SourceFailure {
  if (status === 401) return 'signed-out';
  if (status === 402 || status === 403) return 'forbidden';
  if (status === 404 || status === 410) return 'not-found';
  if (status === 429) return 'rate-limited';
  return status >= 500 ? 'unavailable' : 'rejected';
}

function connectionFailure(error: unknown, patience: AbortSignal): SourceFailure {
  if (error instanceof RefusedTargetError) return 'refused';
  const isTimeout = patience.aborted || (error instanceof Error && error.name === 'TimeoutError');
  return isTimeout ? 'timeout' : 'unreachable';
}
