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
import { benchIngest } from './ingest.ts';
import { benchLeaks } from './leaks.ts';
import { benchLeadIndex } from './lead-index.ts';
import { benchPageReading } from './page-reading.ts';
import { benchPanelPaint } from './panel-paint.ts';
import { benchScriptCost } from './script-cost.ts';
import { benchScrolling } from './scrolling.ts';

/** `npm run bench [-- --json FILE]`: every figure of one run was measured side by side in it. */
const jsonFile = process.argv.includes('--json')
  ? process.argv[process.argv.indexOf('--json') + 1]
  : undefined;
const results: Record<string, unknown[]> = {};
const report = (title: string, rows: unknown[]) => {
  results[title] = rows;
  console.log(`\n${title}`);
  console.table(rows);
};

await promisify(execFile)('npx', ['wxt', 'build'], { shell: process.platform === 'win32' });
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
report('Looking one of 100,000 leads up', await benchHubContext());
report('Storing touchpoints beside a million', await benchIngest());
if (jsonFile !== undefined) await writeFile(jsonFile, `${JSON.stringify(results, null, 2)}\n`);
