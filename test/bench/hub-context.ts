import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { round, summary } from './statistics.ts';

const REQUESTS = 1_500;

interface Target {
  name: string;
  url: string;
  method: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: (n: number) => string;
}

/** `POST /v1/context` beside a Hono route that does nothing, by turns, over kept-alive connections. */
export async function benchHubContext(hubUrl: string, token: string, emails: readonly string[]) {
  const bare = new Hono().post('/v1/context', (context) => context.json({}));
  const server = createServer(getRequestListener(bare.fetch)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const body = (n: number) => JSON.stringify({ queries: [{ email: emails[n % emails.length] }] });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const path = '/v1/context';
  const targets: Target[] = [
    { name: 'POST /v1/context', url: hubUrl + path, method: 'POST', headers, body },
    {
      name: 'bare Hono route',
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
      method: 'POST',
      headers,
      body,
    },
  ];
  // The database's WebAssembly warms up over its first hundreds of queries.
  await load(targets[0]!, 1, 500);
  const rows = [];
  for (const connections of [1, 16]) {
    const [ours, theirs] = [await load(targets[0]!, connections), await load(targets[1]!, connections)];
    rows.push(
      {
        route: targets[0]!.name,
        connections,
        ...ours,
        'bare ÷ this': round(theirs['per second'] / ours['per second'], 1),
      },
      { route: targets[1]!.name, connections, ...theirs, 'bare ÷ this': 1 },
    );
  }
  server.closeAllConnections();
  server.close();
  return rows;
}

async function load(target: Target, connections: number, requests = REQUESTS) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  let next = 0;
  const start = performance.now();
  const worker = async () => {
    while (next < requests) {
      const n = next++;
      const began = performance.now();
      await send(target, agent, n);
      times.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  const seconds = (performance.now() - start) / 1000;
  agent.destroy();
  const { median, p95 } = summary(times);
  return { 'per second': Math.round(requests / seconds), 'median ms': round(median), 'p95 ms': round(p95) };
}

function send({ url, method, headers, body }: Target, agent: Agent, n: number): Promise<void> {
  return new Promise((done, fail) => {
    const outgoing = request(url, { method, agent, headers: headers ?? {} }, (answer) => {
      answer.resume().on('end', () => {
        if (answer.statusCode === 200) done();
        else fail(new Error(`${url} answered ${answer.statusCode}`));
      });
    });
    outgoing.on('error', fail);
    outgoing.end(body?.(n));
  });
}
