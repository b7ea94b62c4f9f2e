import { Agent as HttpAgent, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { Readable } from 'node:stream';
import {
  checkedLookup,
  isRefusedNumber,
  RefusedTargetError,
  type Resolve,
} from '../deliveries/checked-lookup.ts';

/** How a connector's requests leave the hub; replaced by a fake system in tests. */
export type SourceFetch = (request: Request) => Promise<Response>;

/**
 * Makes a `fetch` for addresses that administrators gave: it follows no redirect, and checks the address that is
 * connected to. The platform's own cannot be told which addresses it may connect to.
 */
export function createSourceFetch(allowPrivate: boolean, resolve?: Resolve): SourceFetch {
  // Connections are kept for the next request: a sync is hundreds of them.
  const agents = { http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent({ keepAlive: true }) };
  const lookup = checkedLookup(allowPrivate, resolve);
  return async (request) => {
    const url = new URL(request.url);
    if (isRefusedNumber(url, allowPrivate)) throw new RefusedTargetError('The address is not allowed.');
    const body = Buffer.from(await request.arrayBuffer());
    const isHttps = url.protocol === 'https:';
    const options = {
      method: request.method,
      headers: {
        ...Object.fromEntries(request.headers),
        ...(body.length > 0 && { 'content-length': body.length }),
      },
      lookup,
      signal: request.signal,
    };
    return new Promise((resolved, rejected) => {
      const sent = isHttps
        ? requestHttps(url, { ...options, agent: agents.https })
        : requestHttp(url, { ...options, agent: agents.http });
      sent.on('response', (answer) => {
        const status = answer.statusCode ?? 0;
        const headers = new Headers();
        for (const [name, values = []] of Object.entries(answer.headersDistinct))
          for (const value of values) headers.append(name, value);
        const hasBody = ![204, 205, 304].includes(status);
        if (!hasBody) answer.resume();
        resolved(
          new Response(hasBody ? (Readable.toWeb(answer) as ReadableStream) : null, { status, headers }),
        );
      });
      sent.on('error', rejected);
      // Whatever else ends it, e.g. an answer that wants to change the protocol.
      sent.on('close', () => rejected(new Error('The connection was closed.')));
      sent.end(body);
    });
  };
}
