import { once } from 'node:events';
import { type ServerResponse, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the extension reads of its own settings and team, whatever page somebody is on. */
const ABOUT_ITSELF = [
  '/v1/agreement',
  '/v1/sessions',
  '/v1/users',
  '/v1/me/settings',
  '/v1/me/news',
  '/v1/channels',
  '/v1/deliveries',
  '/v1/live',
  '/v1/connectors',
  '/v1/sources',
  // How much waits, for the toolbar button.
  '/v1/feedback/groups',
];

/** The requests that have to do with who is on a page. */
export const aboutPages = (seen: readonly SeenRequest[]): SeenRequest[] =>
  seen.filter(
    ({ method, path }) =>
      // A browser asks for leave before it reads.
      !['GET', 'OPTIONS'].includes(method) || !ABOUT_ITSELF.includes(path.split('?')[0] ?? ''),
  );

export interface SeenRequest {
  method: string;
  path: string;
  body: string;
}

/** Stands between extension and hub and writes down every request that leaves the browser. */
export async function startHubProxy(hubUrl: string) {
  const seen: SeenRequest[] = [];
  const streams = new Set<ServerResponse>();
  let isLive = true;
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      const { method = 'GET', url = '/', headers } = incoming;
      seen.push({ method, path: url, body: body.toString() });
      if (url.startsWith('/v1/live')) {
        if (!isLive) return outgoing.writeHead(502).end();
        streams.add(outgoing);
      }
      const forwarded = request(new URL(url, hubUrl), { method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      outgoing.on('close', () => forwarded.destroy());
      // As if the hub itself were gone: the connection breaks.
      forwarded.on('error', () => outgoing.destroy());
      forwarded.end(body);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    /** From now on nobody hears of a change by itself, as behind a proxy that lets no streams through. */
    endStreams: () => {
      isLive = false;
      for (const stream of streams) stream.destroy();
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
