import type { Browser, Page } from '@playwright/test';
import { round } from './statistics.ts';

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Microseconds of the thread's own time: other programs on the machine do not count. */
  tdur?: number;
  args: { name?: string };
}

/**
 * The longest task of a page's main thread while something runs, in milliseconds of processor time, as the browser
 * traces it. The task that carries the request itself into the page is left out.
 *
 * @throws Error when the trace holds no such task.
 */
export async function longestTask(browser: Browser, page: Page, run: () => Promise<void>): Promise<number> {
  await browser.startTracing(page, { categories: ['toplevel'] });
  await run();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: TraceEvent[];
  };
  const main = traceEvents.find(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const tasks = traceEvents.filter(
    ({ name, ph, pid, tid }) =>
      ph === 'X' && name.endsWith('RunTask') && pid === main?.pid && tid === main.tid,
  );
  const times = tasks.flatMap(({ tdur }) => tdur ?? []);
  if (times.length === 0) throw new Error('The trace holds no task of the page.');
  return round(Math.max(...times) / 1_000, 1);
}
