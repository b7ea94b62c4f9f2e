import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { stopOnSignals } from '../../server/stop-on-signals.ts';
import { type SpawnedHub, spawnHub } from './support/spawn-hub.ts';

let folder: string;
let running: SpawnedHub | undefined;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-shutdown-'));
});
afterEach(() => running?.end('SIGKILL'));
afterAll(() => rm(folder, { recursive: true, force: true }));

async function start(drainSeconds: number): Promise<SpawnedHub> {
  const hub = await spawnHub({
    PORT: '0',
    TANDEM_DATA: folder,
    LOG_LEVEL: 'warn',
    TANDEM_DRAIN_SECONDS: String(drainSeconds),
    TANDEM_REQUESTS_PER_MINUTE: '1000000',
  });
  if (!('url' in hub)) throw new Error(hub.stderr);
  return (running = hub);
}

async function signIn({ url, signInCode }: SpawnedHub): Promise<string> {
  const answer = await fetch(`${url}/v1/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code: signInCode }),
  });
  return ((await answer.json()) as { token: string }).token;
}

test('behind a load balancer that asks /readyz, no request is cut when the hub stops under load', async () => {
  const hub = await start(3);
  const headers = { authorization: `Bearer ${await signIn(hub)}` };
  let isAsked = true;
  let answered = 0;
  let awaited = { count: 0, reach: () => undefined as void };
  const until = (count: number) => new Promise<void>((reach) => (awaited = { count, reach }));
  const failures: unknown[] = [];
  const client = async () => {
    while (isAsked) {
      try {
        const answer = await fetch(`${hub.url}/v1/users`, { headers });
        await answer.arrayBuffer();
        if (answer.status !== 200) failures.push(answer.status);
        answered += 1;
        if (answered >= awaited.count) awaited.reach();
      } catch (error) {
        failures.push(error);
        return awaited.reach();
      }
    }
  };
  const busy = until(40);
  const clients = Array.from({ length: 8 }, client);
  await busy;
  const ended = hub.end('SIGTERM');
  let ready: Response;
  do ready = await fetch(`${hub.url}/readyz`);
  while (ready.status === 200);
  expect([ready.status, await ready.json()]).toEqual([503, { status: 'not-ready', reason: 'stopping' }]);
  // The balancer is late.
  await until(answered + 16);
  isAsked = false;
  await Promise.all(clients);
  expect(failures).toEqual([]);
  expect((await ended).code).toBe(0);
});

test('a second signal ends it at once', async () => {
  const hub = await start(300);
  const ended = hub.end('SIGTERM');
  while ((await fetch(`${hub.url}/readyz`)).status === 200);
  void hub.end('SIGTERM');
  expect((await ended).code).toBe(1);
});

test('what does not end by itself is ended after thirty seconds, with code 1', async () => {
  vi.useFakeTimers();
  const exit = vi
    .spyOn(process, 'exit')
    .mockImplementation((() => undefined) as unknown as typeof process.exit);
  const listeners: (() => void)[] = [];
  const on = vi.spyOn(process, 'on').mockImplementation((_, listener) => {
    listeners.push(listener as () => void);
    return process;
  });
  try {
    const log: string[] = [];
    stopOnSignals({
      logger: pino({}, { write: (line) => void log.push(line) }),
      stopping: new AbortController(),
      server: createServer(),
      drainSeconds: 5,
      endStreams: () => Promise.resolve(),
      close: () => new Promise(() => undefined),
    });
    listeners[0]?.();
    await vi.advanceTimersByTimeAsync(34_900);
    expect(exit).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(200);
    expect(exit).toHaveBeenCalledExactlyOnceWith(1);
    expect(log.at(-1)).toContain('did not end in time');
  } finally {
    vi.useRealTimers();
    on.mockRestore();
    exit.mockRestore();
  }
});
