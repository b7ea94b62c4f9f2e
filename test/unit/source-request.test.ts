import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { createSourceIo } from '../../server/connectors/create-request.ts';
import { createPace } from '../../server/connectors/pace.ts';
import { SourceError } from '../../server/connectors/source-error.ts';
import { createSourceFetch } from '../../server/connectors/source-fetch.ts';
import { littleConnector } from '../hub/support/little-connector.ts';
import { createVirtualTime } from '../peers/fakes/fake-system.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const open: (() => void)[] = [];
afterEach(() => open.splice(0).forEach((close) => close()));

/** A system on a real socket that answers as it is told to, and what a connector asks it with. */
async function startSystem(answer: Answer, { allowPrivate = true } = {}) {
  const server = createServer(answer);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  open.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const time = createVirtualTime();
  const stop = new AbortController();
  const io = createSourceIo({
    connector: littleConnector,
    settings: { url, key: 'key-of-nobody' },
    token: null,
    fetch: createSourceFetch(allowPrivate),
    time,
    pace: createPace(time),
    signal: stop.signal,
    random: () => 0,
    timeoutMs: 300,
  });
  return { io, time, url, stop };
}

const Named = z.object({ name: z.string() });
const failureOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'none',
    (error: unknown) => (error instanceof SourceError ? error.failure : `thrown: ${String(error)}`),
  );

test('asks with the key, and gives what was answered', async () => {
  const asked: (string | undefined)[] = [];
  const { io } = await startSystem((request, response) => {
    asked.push(request.headers.authorization, request.url);
    response.end('{"name":"Lena","more":1}');
  });
  const { body } = await io.request('/people', { query: { limit: 5, since: undefined }, schema: Named });
  expect(body).toEqual({ name: 'Lena' });
  expect(asked).toEqual(['Key key-of-nobody', '/people?limit=5']);
});

test.each<[string, string, number, Answer]>([
  ['says nothing', 'timeout', 4, () => {}],
  ['hangs up', 'unreachable', 4, (request) => request.socket.destroy()],
  [
    'hangs up in the midst of its answer',
    'unreachable',
    4,
    (request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"name":', () => request.socket.destroy());
    },
  ],
  ['stops in the midst of its answer', 'timeout', 4, (_, response) => response.write('{"name":')],
  ['answers with a page', 'unreadable', 1, (_, response) => response.end('<html>Lena</html>')],
  ['leads elsewhere', 'rejected', 1, (_, response) => response.writeHead(302, { location: '/login' }).end()],
  ['breaks down', 'unavailable', 4, (_, response) => response.writeHead(500).end()],
])('a system that %s: %s, after %i attempts', async (_, failure, attempts, answer) => {
  const { io } = await startSystem(answer);
  expect(await failureOf(io.request('/people', { schema: Named }))).toBe(failure);
  expect(io.requests).toBe(attempts);
});

test('what may have been done is not asked twice; what was turned away for being early is', async () => {
  let answers = 0;
  const { io, time } = await startSystem((_, response) => {
    answers += 1;
    if (answers === 1) response.writeHead(429, { 'retry-after': '20' }).end();
    else if (answers === 2) response.writeHead(503).end();
    else response.end('{"name":"Lena"}');
  });
  const began = time.now().getTime();
  const note = { method: 'POST', body: { note: 'x' }, schema: Named } as const;
  expect(await failureOf(io.request('/notes', note))).toBe('unavailable');
  expect(answers).toBe(2);
  expect(time.now().getTime() - began).toBe(20_000);
  expect(await failureOf(io.request('/notes', { ...note, repeatable: true }))).toBe('none');
});

test('requests that are made at once keep to the limits together', async () => {
  const time = createVirtualTime();
  const pace = createPace(time);
  const began = time.now().getTime();
  const limits = [{ requests: 3, perMs: 10_000 }];
  const turn = () => pace.turn('/people', limits).then(() => (time.now().getTime() - began) / 1_000);
  const sentAt = await Promise.all(Array.from({ length: 10 }, turn));
  expect(sentAt.toSorted((a, b) => a - b)).toEqual([0, 0, 0, 10, 10, 10, 20, 20, 20, 30]);
  pace.pause(new Date(time.now().getTime() + 90_000));
  await expect(turn()).rejects.toMatchObject({ failure: 'rate-limited' });
});

test('an address inside the hub’s own network is asked nothing unless that is allowed', async () => {
  let asked = 0;
  const { io } = await startSystem(() => (asked += 1), { allowPrivate: false });
  expect(await failureOf(io.request('/people', { schema: Named }))).toBe('refused');
  expect(asked).toBe(0);
});

test('a hub that stops waits for no answer', async () => {
  const { io, stop } = await startSystem(() => stop.abort());
  await expect(io.request('/people', { schema: Named })).rejects.toThrow(/abort/);
});
