import type { Browser, Page } from '@playwright/test';
import { round } from './statistics.ts';

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Microseconds of the thread's own time: other programs on the machine do not count. */
  tdur?: number;
  args: { data?: { url?: string } };
}

/** Says which of a browser's many threads is the page's. */
const MARK = 'bench: this page';

/**
 * The longest task of a page's main thread while something runs, in milliseconds of processor time, as the browser
 * traces it. The task that carries the request itself into the page is left out.
 *
 * @throws Error when the trace holds no such task.
 */
export async function longestTask(browser: Browser, page: Page, run: () => Promise<void>): Promise<number> {
  const events = await trace(browser, page, 'toplevel', run);
  const tasks = events.filter(({ name }) => name.endsWith('RunTask'));
  if (tasks.length === 0) throw new Error('The trace holds no task of the page.');
  return longest(tasks);
}

/**
 * The longest call of an extension's own code in a page while something runs, with whatever layout it asks for,
 * in milliseconds of processor time; 0 when none of its code has run.
 */
export async function longestCall(browser: Browser, page: Page, run: () => Promise<void>): Promise<number> {
  const events = await trace(browser, page, 'devtools.timeline', run);
  return longest(events.filter(({ args }) => args.data?.url?.startsWith('chrome-extension://')));
}

async function trace(
  browser: Browser,
  page: Page,
  category: string,
  run: () => Promise<void>,
): Promise<TraceEvent[]> {
  await browser.startTracing(page, { categories: [category, 'blink.user_timing'] });
  await page.evaluate((mark) => void performance.mark(mark), MARK);
  await run();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: TraceEvent[];
  };
  const main = traceEvents.find(({ name }) => name === MARK);
  return traceEvents.filter(({ ph, pid, tid }) => ph === 'X' && pid === main?.pid && tid === main.tid);
}

const longest = (events: readonly TraceEvent[]) =>
  round(Math.max(0, ...events.flatMap(({ tdur }) => tdur ?? [])) / 1_000, 1);
