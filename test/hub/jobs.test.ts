import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Hub } from '../../server/hub.ts';
import { startJobs } from '../../server/jobs/jobs.ts';
import { createMetrics } from '../../server/metrics.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Jobs that count their runs; the first one may be told that more is waiting, to fail, or to wait. */
function counting() {
  const log: string[] = [];
  const counted = {
    runs: 0,
    more: 0,
    fails: false,
    hold: Promise.resolve(),
    others: 0,
    log,
  };
  const hub = {
    clock: () => new Date(),
    workspaceId: 'w',
    databaseOf: () => undefined,
    live: { poke: () => undefined },
    metrics: createMetrics(),
    logger: pino({}, { write: (line: string) => void log.push(line) }),
  } as unknown as Hub;
  const jobs = startJobs(hub, {
    first: async () => {
      counted.runs += 1;
      await counted.hold;
      if (counted.fails) throw new Error('of lena@hafenlogistik.example');
      return (counted.more -= 1) >= 0;
    },
    second: () => {
      counted.others += 1;
      return Promise.resolve(false);
    },
  });
  return { counted, jobs };
}

test('run every second, and again while there is more', async () => {
  const { counted } = counting();
  await vi.advanceTimersByTimeAsync(999);
  expect(counted.runs).toBe(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(counted).toMatchObject({ runs: 1, others: 1 });
  counted.more = 3;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(counted).toMatchObject({ runs: 5, others: 2 });
});

test('run once soon after any number of writes', async () => {
  const { counted, jobs } = counting();
  for (let write = 0; write < 10; write++) jobs.wake();
  await vi.advanceTimersByTimeAsync(50);
  expect(counted.runs).toBe(1);
});

test('never overlap; what is written meanwhile is seen right afterwards', async () => {
  const { counted, jobs } = counting();
  const gate = Promise.withResolvers<void>();
  counted.hold = gate.promise;
  await vi.advanceTimersByTimeAsync(1_000);
  jobs.wake();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(counted.runs).toBe(1);
  gate.resolve();
  await vi.advanceTimersByTimeAsync(50);
  expect(counted.runs).toBe(2);
});

test('one that fails is logged without what it was about, holds no other up, and runs again', async () => {
  const { counted } = counting();
  counted.fails = true;
  await vi.advanceTimersByTimeAsync(2_000);
  expect(counted).toMatchObject({ runs: 2, others: 2 });
  expect(counted.log).toHaveLength(2);
  expect(counted.log[0]).toContain('job first failed');
  expect(counted.log.join('')).not.toContain('hafenlogistik');
});

test('stopping waits for what is under way, and nothing runs afterwards', async () => {
  const { counted, jobs } = counting();
  const gate = Promise.withResolvers<void>();
  counted.hold = gate.promise;
  counted.more = 5;
  await vi.advanceTimersByTimeAsync(1_000);
  let ended = false;
  const stopping = jobs.stop().then(() => (ended = true));
  await vi.advanceTimersByTimeAsync(100);
  expect(ended).toBe(false);
  gate.resolve();
  await stopping;
  jobs.wake();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(counted).toMatchObject({ runs: 1, others: 0 });
});

test('every write wakes them, once it is committed; reading and repeating does not', async () => {
  vi.useRealTimers();
  let wakes = 0;
  const { as, rep, lena } = await hubs.open({ wake: () => (wakes += 1) });
  const call = await as(rep);
  const id = '01940000-0000-7000-8000-000000000001';
  const click = {
    id,
    person: { id: lena.id },
    at: '2026-11-20T09:00:00.000Z',
    seen: 'click',
    direction: 'outbound',
  };
  expect((await call('POST', '/v1/follow-ups', click, { 'idempotency-key': id })).status).toBe(200);
  expect(wakes).toBe(1);
  await call('POST', '/v1/follow-ups', click, { 'idempotency-key': id });
  await call('GET', '/v1/me');
  expect((await call('POST', '/v1/follow-ups', { ...click, person: { id } })).status).toBe(404);
  expect(wakes).toBe(1);
});
