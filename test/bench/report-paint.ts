import type { Page } from '@playwright/test';
import { startHub } from '../../demo/hub-process.ts';
import { connect, extensionPage, launch } from '../../demo/launch.ts';
import { TEN_MILLION } from './lead-data.ts';
import type { RealPostgres } from './real-postgres.ts';
import { round, summary } from './statistics.ts';

const TURNS = 15;

/**
 * From the opening of the report's page to its figures painted, and to its last chart, with a hub on ten million
 * touchpoints; beside it the same page without any data, which is what the browser itself takes.
 */
export async function benchReportPaint(postgres: RealPostgres) {
  const url = await postgres.leads(TEN_MILLION);
  const hub = await startHub({
    PORT: '0',
    DATABASE_URL: url,
    LOG_LEVEL: 'silent',
    TANDEM_REQUESTS_PER_MINUTE: '1000000',
  });
  const browser = await launch({ profile: '', headless: true });
  try {
    await connect(browser, hub.url, hub.signInCode);
    const page = await browser.newPage();
    await page.addInitScript(stampPaints);
    const times: Record<string, number[]> = { frame: [], figures: [], charts: [] };
    for (let turn = 0; turn < TURNS; turn++) {
      // Another document: only the hash would be the same page going on.
      await page.goto('about:blank');
      await page.goto(extensionPage('workspace.html#report'));
      times['frame']!.push(await stamped(page, 'paintedFrame'));
      times['figures']!.push(await stamped(page, 'paintedFigures'));
      times['charts']!.push(await stamped(page, 'paintedCharts'));
    }
    return [
      row('report, its frame without data', times['frame']!, null),
      row('report, figures', times['figures']!, 300),
      row('report, last chart', times['charts']!, null),
    ];
  } finally {
    await browser.close();
    await hub.stop();
  }
}

/** Runs in the page: writes down when what the user waits for has been drawn. */
function stampPaints(): void {
  const waiting: Record<string, () => boolean> = {
    paintedFrame: () => document.querySelector('h1') !== null,
    paintedFigures: () => document.querySelector('[data-figure]') !== null,
    paintedCharts: () => {
      const charts = [...document.querySelectorAll('[data-chart] > div[style*=height]')];
      return charts.length > 0 && charts.every((chart) => chart.querySelector('svg') !== null);
    },
  };
  const look = () => {
    for (const [name, isThere] of Object.entries(waiting)) {
      if (!isThere()) continue;
      delete waiting[name];
      const drawn = new MessageChannel();
      drawn.port1.onmessage = () => (document.documentElement.dataset[name] = String(performance.now()));
      // The task after a frame's callbacks runs when that frame has been drawn.
      requestAnimationFrame(() => drawn.port2.postMessage(null));
    }
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
}

const stamped = async (page: Page, name: string) =>
  Number(
    await (await page.waitForFunction((key) => document.documentElement.dataset[key], name)).jsonValue(),
  );

const row = (what: string, times: number[], budget: number | null) => {
  const { median, p95 } = summary(times);
  return {
    what,
    'median ms': round(median, 0),
    'p95 ms': round(p95, 0),
    'budget ms': budget,
    n: times.length,
  };
};
