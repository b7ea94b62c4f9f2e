import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
  /** Answers once this is resolved. */
  after?: Promise<unknown>;
}

/** Another system that takes webhooks: keeps what it got, and answers as it is told. */
export async function startReceiver() {
  const received: Received[] = [];
  let answer: (request: Received) => Answer = () => ({ status: 204 });
  let arrived = () => {};
  const server = createServer((request, response) => {
    void text(request).then(async (body) => {
      const one = { path: request.url ?? '', headers: request.headers, body };
      received.push(one);
      arrived();
      const { status, headers = {}, body: said = '', after } = answer(one);
      await after;
      response.writeHead(status, headers).end(said);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    received,
    answer: (next: typeof answer) => {
      answer = next;
    },
    /** Resolves when so many requests have come in. */
    has: (count: number) =>
      new Promise<void>((resolve) => {
        arrived = () => {
          if (received.length >= count) resolve();
        };
        arrived();
      }),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
