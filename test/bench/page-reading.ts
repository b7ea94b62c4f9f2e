import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from '@playwright/test';
import { gmailList } from '../fixtures/gmail-list.ts';
import { outlookList } from '../fixtures/outlook-list.ts';
import { bundle } from '../support/bundle.ts';
import { round, summary } from './statistics.ts';

const FIXTURES = new URL('../fixtures/gmail/', import.meta.url);
const GMAIL = 'https://mail.google.com/mail/u/0/#inbox';
const OUTLOOK = 'https://outlook.office.com/mail/inbox';
const ROUNDS = 40;
/** Several reads per measurement: the page's clock ticks in tenths of a millisecond. */
const BATCH = 10;

/**
 * Main-thread milliseconds of one reading of each page in Chromium, and of finding its rows for badges; ours
 * beside gmail.js where both work.
 */
export async function benchPageReading(context: BrowserContext) {
  const ours = await bundle(fileURLToPath(new URL('sites-entry.ts', import.meta.url)), 'ours');
  const theirs = await bundle(fileURLToPath(new URL('gmail-js-entry.js', import.meta.url)), 'theirs');
  const files = (await readdir(FIXTURES)).filter((file) => file.endsWith('.html')).sort();
  const synthetic = (name: string, address: string, list: (rows: number) => string) =>
    [50, 500].map((count) => ({
      name: `${name}, ${count} rows`,
      address,
      html: () => Promise.resolve(list(count)),
    }));
  const pages = [
    ...files.map((name) => ({
      name,
      address: GMAIL,
      html: () => readFile(new URL(name, FIXTURES), 'utf8'),
    })),
    ...synthetic('synthetic Gmail', GMAIL, gmailList),
    ...synthetic('synthetic Outlook', OUTLOOK, outlookList),
  ];
  const rows = [];
  for (const { name, address, html } of pages) {
    const page = await openAs(context, address, await html());
    await page.evaluate(`${ours}\n;globalThis.ours = ours;`);
    const { first, times } = await time(page, 'ours');
    // gmail.js expects every part of a full row; only the synthetic pages have them all.
    const isList = name.startsWith('synthetic Gmail');
    if (isList) await page.evaluate(`${theirs}\n;globalThis.theirs = theirs;`);
    const other = isList ? summary((await time(page, 'theirs')).times).median : null;
    const { median, p95 } = summary(times);
    const listed = summary((await time(page, 'rows')).times).median;
    rows.push({
      page: name,
      'ours ms': round(median, 3),
      'p95 ms': round(p95, 3),
      'first read ms': round(first, 2),
      'rows ms': round(listed, 3),
      'gmail.js ms': other === null ? null : round(other, 3),
      'gmail.js ÷ ours': other === null ? null : round(other / median, 1),
    });
    await page.close();
  }
  return rows;
}

async function openAs(context: BrowserContext, address: string, html: string): Promise<Page> {
  const page = await context.newPage();
  await page.route(`${new URL(address).origin}/**`, (route) =>
    route.fulfill({ contentType: 'text/html', body: html }),
  );
  await page.goto(address);
  return page;
}

/** Reads as often as told; between reads an attribute changes, so that no cached style answers. */
function time(page: Page, reader: 'ours' | 'rows' | 'theirs'): Promise<{ first: number; times: number[] }> {
  return page.evaluate(
    ([rounds, batch, name]) => {
      const { ours, theirs } = globalThis as unknown as {
        ours: {
          readPage(document: Document, url: URL): unknown;
          rowsOf(document: Document, url: URL): unknown;
        };
        theirs: { visibleMessages(): unknown };
      };
      const url = new URL(location.href);
      const read = {
        ours: () => ours.readPage(document, url),
        rows: () => ours.rowsOf(document, url),
        theirs: () => theirs.visibleMessages(),
      }[name];
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
