import type { Result } from './failure.ts';
import { createHubClient, type HubAnswer, type HubRequest } from './hub-client.ts';
import { currentConnection, renewConnection } from './renewal.ts';

/** A hub on the same continent answers in a fraction of this; a rep should not wait longer to be told. */
const TIMEOUT_MS = 10_000;
/** A part of a file over a thin line takes longer to send; Chrome ends a background whose request takes 30 s. */
const LARGE_TIMEOUT_MS = 25_000;
const LARGE = 100_000;

/**
 * The extension's requests to the hub, with the token. A status is an answer, whatever it is; `offline` means
 * that nobody answered. A token is renewed before it expires, and once when it is refused all the same.
 */
export async function hubFetch(request: HubRequest): Promise<Result<HubAnswer>> {
  const connection = await currentConnection();
  if (connection?.token == null) return { ok: false, error: { kind: 'signed-out' } };
  const answer = await fetchFrom(connection.hubUrl, request, connection.token);
  if (!answer.ok || answer.value.status !== 401) return answer;
  const renewed = await renewConnection(connection.token);
  if (!renewed.ok) return renewed;
  return renewed.value === null ? answer : fetchFrom(connection.hubUrl, request, renewed.value);
}

/** An answer of the hub that goes on, as it comes; null when there is none. The signal breaks it off. */
export async function hubStream(
  path: string,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>> | null> {
  const connection = await currentConnection();
  if (connection?.token == null) return null;
  const late = new AbortController();
  const timeout = setTimeout(() => late.abort(), TIMEOUT_MS);
  try {
    const response = await fetch(new URL(path, connection.hubUrl), {
      headers: { accept: 'text/event-stream', authorization: `Bearer ${connection.token}` },
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      signal: AbortSignal.any([signal, late.signal]),
    });
    if (response.ok) return response.body;
    if (response.status === 401) await renewConnection(connection.token);
  } catch {
    // As above: nobody answered.
  } finally {
    clearTimeout(timeout);
  }
  return null;
}

/** The hub we are signed in to. */
export const hub = createHubClient(hubFetch);

/** A hub we are not signed in to yet. */
export const hubAt = (hubUrl: string, token?: string) =>
  createHubClient((request) => fetchFrom(hubUrl, request, token));

async function fetchFrom(hubUrl: string, request: HubRequest, token?: string): Promise<Result<HubAnswer>> {
  const headers = new Headers({ accept: 'application/json' });
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
  if (request.idempotencyKey !== undefined) headers.set('idempotency-key', request.idempotencyKey);
  if (request.body !== undefined) headers.set('content-type', 'application/json');
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  const timeout = body !== undefined && body.length > LARGE ? LARGE_TIMEOUT_MS : TIMEOUT_MS;
  try {
    const response = await fetch(new URL(request.path, hubUrl), {
      method: request.method,
      headers,
      ...(body !== undefined && { body }),
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      signal: AbortSignal.timeout(timeout),
    });
    return { ok: true, value: { status: response.status, body: parseJson(await response.text()) } };
  } catch {
    // Refused, timed out, cut off, or CORS: the browser does not tell them apart, nor need we.
    return { ok: false, error: { kind: 'offline' } };
  }
}

function parseJson(text: string): unknown {
  try {
    return text === '' ? null : (JSON.parse(text) as unknown);
  } catch {
    return null;
  }
}
