import type { FuzzRequest } from './fuzz-request.ts';
import type { Answered, useTestHub } from './test-hub.ts';

type App = Awaited<ReturnType<ReturnType<typeof useTestHub>['open']>>['app'];

let senders = 0;

/** Sends a made-up request; each comes from another address, so that no limit by address ends the exercise. */
export async function sendRequest(
  app: App,
  { method, path, headers, body }: FuzzRequest,
  authorization?: string,
): Promise<Answered> {
  senders += 1;
  const remoteAddress = `10.${(senders >> 16) & 255}.${(senders >> 8) & 255}.${senders & 255}`;
  const init = {
    method,
    headers: { ...headers, ...(authorization !== undefined && { authorization }) },
    ...(body !== undefined && { body }),
  };
  const response = await app.request(path, init, { incoming: { socket: { remoteAddress } } });
  const type = response.headers.get('content-type') ?? '';
  // A stream has no end to wait for.
  if (type.includes('event-stream')) await response.body?.cancel();
  const text = type.includes('event-stream') ? '' : await response.text();
  const json = type.includes('json') ? (JSON.parse(text) as unknown) : null;
  return { status: response.status, headers: response.headers, json, text };
}
