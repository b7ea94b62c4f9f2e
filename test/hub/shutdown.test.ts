import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SpawnedHub, spawnHub } from './support/spawn-hub.ts';

let folder: string;
let running: SpawnedHub | undefined;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-shutdown-'));
});
afterAll(async () => {
  await running?.end('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

async function start(drainSeconds: number): Promise<SpawnedHub> {
  const hub = await spawnHub({
    PORT: '0',
    TANDEM_DATA: folder,
    LOG_LEVEL: 'warn',
    TANDEM_DRAIN_SECONDS: String(drainSeconds),
  });
  if (!('url' in hub)) throw new Error(hub.stderr);
  return (running = hub);
}

test('behind a load balancer that asks /readyz, no request is cut when the hub stops under load', async () => {
  const hub = await start(2);
  let isReady = true;
  let answered = 0;
  const failures: unknown[] = [];
  const client = async () => {
    while (isReady) {
      try {
        const answer = await fetch(`${hub.url}/openapi.json`);
        await answer.arrayBuffer();
        if (answer.status !== 200) failures.push(answer.status);
        answered += 1;
      } catch (error) {
        failures.push(error);
      }
    }
  };
  const clients = Array.from({ length: 8 }, client);
  await fetch(`${hub.url}/healthz`);
  const ended = hub.end('SIGTERM');
  for (;;) {
    const answer = await fetch(`${hub.url}/readyz`);
    const { reason } = (await answer.json()) as { reason?: string };
    if (answer.status === 200) continue;
    expect([answer.status, reason]).toEqual([503, 'stopping']);
    break;
  }
  isReady = false;
  await Promise.all(clients);
  expect(failures).toEqual([]);
  expect(answered).toBeGreaterThan(8);
  expect((await ended).code).toBe(0);
});

test('a second signal ends it at once', async () => {
  const hub = await start(300);
  const ended = hub.end('SIGTERM');
  while ((await fetch(`${hub.url}/readyz`)).status === 200);
  void hub.end('SIGTERM');
  expect((await ended).code).toBe(1);
});
