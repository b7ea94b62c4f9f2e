import { round, summary } from './statistics.ts';

const WARM_UP_MS = 1_500;
const MEASURE_MS = 5_000;

export interface Load {
  'per second': number;
  'p50 ms': number;
  'p99 ms': number;
}

/** Asks without a break from so many sides at once, and tells how often an answer came and after how long. */
export async function load(ask: (n: number) => Promise<unknown>, connections: number): Promise<Load> {
  let next = 0;
  await askUntil(performance.now() + WARM_UP_MS, connections, () => ask(next++));
  const times: number[] = [];
  const start = performance.now();
  await askUntil(start + MEASURE_MS, connections, async () => {
    const began = performance.now();
    await ask(next++);
    times.push(performance.now() - began);
  });
  const seconds = (performance.now() - start) / 1_000;
  const { median, p99 } = summary(times);
  return { 'per second': Math.round(times.length / seconds), 'p50 ms': round(median), 'p99 ms': round(p99) };
}

async function askUntil(end: number, connections: number, ask: () => Promise<unknown>): Promise<void> {
  const side = async () => {
    while (performance.now() < end) await ask();
  };
  await Promise.all(Array.from({ length: connections }, side));
}
