import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from '@playwright/test';
import { findBrowser } from '../../demo/find-browser.ts';
import { startHub } from '../../demo/hub-process.ts';
import { benchBadging } from './badging.ts';
import { benchHubContext } from './hub-context.ts';
import { hubBudgets } from './hub-budgets.ts';
import { benchIngest } from './ingest.ts';
import { leadFolder } from './lead-folder.ts';
import { benchLeaks } from './leaks.ts';
import { benchLeadIndex } from './lead-index.ts';
import { benchPageReading } from './page-reading.ts';
import { benchPanelPaint } from './panel-paint.ts';
import { startPostgres } from './real-postgres.ts';
import { benchFigures, benchReport } from './report.ts';
import { benchReportPaint } from './report-paint.ts';
import { benchScriptCost } from './script-cost.ts';
import { benchScrolling } from './scrolling.ts';

const PARTS = ['extension', 'panel', 'hub', 'ingest', 'report'] as const;
type Part = (typeof PARTS)[number];

/**
 * `npm run bench [-- --json FILE] [--only hub,ingest]`: every figure of one run was measured side by side in it. The
 * parts are `extension`, `panel`, `hub`, `ingest` and `report`. The first run makes the leads of the last three, which
 * takes a while.
 */
const option = (name: string) =>
  process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined;
const jsonFile = option('--json');
const only = option('--only')?.split(',') ?? PARTS;
const unknown = only.filter((name) => !PARTS.includes(name as Part));
if (unknown.length > 0)
  throw new Error(`There is no part ${unknown.join(', ')}; there are ${PARTS.join(', ')}.`);
const wants = (part: Part) => only.includes(part);

const results: Record<string, unknown[]> = {};
const report = (title: string, rows: unknown[]) => {
  results[title] = rows;
  console.log(`\n${title}`);
  console.table(rows);
};

if (wants('extension') || wants('panel') || wants('report')) {
  await promisify(execFile)('npx', ['wxt', 'build'], { shell: process.platform === 'win32' });
}
if (wants('extension')) {
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const context = await browser.newContext();
  report('Scripts in the page', await benchScriptCost(context));
  report('Reading a page, main thread', await benchPageReading(context));
  report('Reading and marking a list, main thread', await benchBadging(context));
  const leadIndex = await benchLeadIndex(browser);
  report('Lead index of a million leads', leadIndex.costs);
  report('The same leads in other structures', leadIndex.structures);
  await browser.close();
}
if (wants('panel')) {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-bench-'));
  const hub = await startHub({
    PORT: '0',
    TANDEM_DATA: folder,
    TANDEM_SAMPLE: '1',
    LOG_LEVEL: 'silent',
    TANDEM_REQUESTS_PER_MINUTE: '1000000',
  });
  report('From click to painted panel', await benchPanelPaint(hub));
  report('What a page holds', await benchLeaks(hub));
  report('Our longest task while somebody scrolls', await benchScrolling(hub));
  await hub.stop();
  await rm(folder, { recursive: true, force: true });
}
if (wants('hub') || wants('ingest') || wants('report')) {
  const postgres = await startPostgres(await leadFolder('server'));
  if (wants('report') && postgres) {
    report('The closed loop of a year', await benchReport(postgres));
    report('The figures of the agreement over a year', await benchFigures(postgres));
    report('The page of the report', await benchReportPaint(postgres));
  }
  if (wants('hub')) report('Looking up one lead', await benchHubContext(postgres));
  if (wants('ingest')) report('Storing touchpoints beside a million', await benchIngest(postgres));
  await postgres?.stop();
  report('Budgets of the hub', hubBudgets(results));
}
if (jsonFile !== undefined) await writeFile(jsonFile, `${JSON.stringify(results, null, 2)}\n`);
