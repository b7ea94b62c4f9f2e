import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import {
  checkedLookup,
  isRefusedNumber,
  RefusedTargetError,
  type Resolve,
  resolveBySystem,
} from './checked-lookup.ts';
import type { Outcome } from './outcome.ts';

const TIMEOUT_MS = 10_000;
/** What comes after so much of an answer is not waited for. */
const READ_BYTES = 1_024;

export interface Posted {
  outcome: Outcome;
  httpStatus: number | null;
  /** Of an answer's Retry-After, in seconds. */
  retryAfter: string | null;
}

/**
 * Sends a JSON text to an address that an administrator gave. Follows no redirect, and checks the address that is
 * connected to, so that a name cannot lead elsewhere a moment later. Never rejects.
 */
export async function post(
  target: string,
  { body, headers, allowPrivate }: { body: string; headers: Record<string, string>; allowPrivate: boolean },
  resolve: Resolve = resolveBySystem,
): Promise<Posted> {
  const url = new URL(target);
  const failed = (outcome: Outcome): Posted => ({ outcome, httpStatus: null, retryAfter: null });
  if (isRefusedNumber(url, allowPrivate)) return failed('refused');
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((done) => {
    const request = send(
      url,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Tandem',
          ...headers,
        },
        agent: false,
        lookup: checkedLookup(allowPrivate, resolve),
        signal,
      },
      (response) => {
        const httpStatus = response.statusCode ?? 0;
        const finish = () => {
          response.destroy();
          done({
            outcome: outcomeOf(httpStatus),
            httpStatus,
            retryAfter: response.headers['retry-after'] ?? null,
          });
        };
        let read = 0;
        response.on('data', (chunk: Buffer) => {
          read += chunk.length;
          if (read > READ_BYTES) finish();
        });
        response.on('end', finish).on('error', finish);
      },
    );
    request.on('error', (error) => {
      if (error instanceof RefusedTargetError) done(failed('refused'));
      else done(failed(signal.aborted ? 'timeout' : 'unreachable'));
    });
    // Whatever else ends it, e.g. an answer that wants to change the protocol.
    request.on('close', () => done(failed('unreachable')));
    request.end(body);
  });
}

function outcomeOf(status: number): Outcome {
  if (status >= 200 && status < 300) return 'delivered';
  if (status === 410) return 'gone';
  return status >= 300 && status < 400 ? 'redirected' : 'rejected';
}
