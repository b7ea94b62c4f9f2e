import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from '@playwright/test';
import { gmailList } from '../fixtures/gmail-list.ts';
import { bundle } from '../support/bundle.ts';
import { round, summary } from './statistics.ts';

const FIXTURES = new URL('../fixtures/gmail/', import.meta.url);
const ROUNDS = 40;
/** Several reads per measurement: the page's clock ticks in tenths of a millisecond. */
const BATCH = 10;

/** Main-thread milliseconds of one reading of each page in Chromium, ours beside gmail.js where both work. */
export async function benchPageReading(context: BrowserContext) {
  const ours = await bundle(fileURLToPath(new URL('../../utils/sites/index.ts', import.meta.url)), 'ours');
  const theirs = await bundle(fileURLToPath(new URL('gmail-js-entry.js', import.meta.url)), 'theirs');
  const files = (await readdir(FIXTURES)).filter((file) => file.endsWith('.html')).sort();
  const pages = [
    ...files.map((file) => ({ name: file, html: () => readFile(new URL(file, FIXTURES), 'utf8') })),
    { name: 'synthetic list, 50 rows', html: () => Promise.resolve(gmailList(50)) },
    { name: 'synthetic list, 500 rows', html: () => Promise.resolve(gmailList(500)) },
  ];
  const rows = [];
  for (const { name, html } of pages) {
    const page = await openAsGmail(context, await html());
    await page.evaluate(`${ours}\n;globalThis.ours = ours;`);
    const { first, times } = await time(page, 'ours');
    // gmail.js expects every part of a full row; only the synthetic pages have them all.
    const isList = name.startsWith('synthetic');
    if (isList) await page.evaluate(`${theirs}\n;globalThis.theirs = theirs;`);
    const other = isList ? summary((await time(page, 'theirs')).times).median : null;
    const { median, p95 } = summary(times);
    rows.push({
      page: name,
      'ours ms': round(median, 3),
      'p95 ms': round(p95, 3),
      'first read ms': round(first, 2),
      'gmail.js ms': other === null ? null : round(other, 3),
      'gmail.js ÷ ours': other === null ? null : round(other / median, 1),
    });
    await page.close();
  }
  return rows;
}

async function openAsGmail(context: BrowserContext, html: string): Promise<Page> {
  const page = await context.newPage();
  await page.route('https://mail.google.com/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: html }),
  );
  await page.goto('https://mail.google.com/mail/u/0/#inbox');
  return page;
}

/** Reads as often as told; between reads an attribute changes, so that no cached style answers. */
function time(page: Page, reader: 'ours' | 'theirs'): Promise<{ first: number; times: number[] }> {
  return page.evaluate(
    ([rounds, batch, name]) => {
      const { ours, theirs } = globalThis as unknown as {
        ours: { readPage(document: Document, url: URL): unknown };
        theirs: { visibleMessages(): unknown };
      };
      const url = new URL(location.href);
      const read = name === 'ours' ? () => ours.readPage(document, url) : () => theirs.visibleMessages();
      const measure = (count: number) => {
        const start = performance.now();
        for (let i = 0; i < count; i++) {
          document.body.toggleAttribute('data-bench');
          read();
        }
        return (performance.now() - start) / count;
      };
      const first = measure(1);
      return { first, times: Array.from({ length: rounds }, () => measure(batch)) };
    },
    [ROUNDS, BATCH, reader] as const,
  );
}
