import { fileURLToPath } from 'node:url';
import type { BrowserContext } from '@playwright/test';
import { gmailList } from '../fixtures/gmail-list.ts';
import { bundle } from '../support/bundle.ts';
import { EXTENSION_STUB } from './script-cost.ts';
import { round, summary } from './statistics.ts';

const ROUNDS = 40;
const SIZES = [
  { rows: 50, budget: 4 },
  { rows: 500, budget: 20 },
];

/**
 * Main-thread milliseconds of reading a list and marking its leads: while every mark is new, and while the
 * page has changed somewhere and the marks stand.
 */
export async function benchBadging(context: BrowserContext) {
  const code = await bundle(fileURLToPath(new URL('badging-entry.ts', import.meta.url)), 'ours');
  const results = [];
  for (const { rows, budget } of SIZES) {
    const page = await context.newPage();
    await page.route('https://mail.google.com/**', (route) =>
      route.fulfill({ contentType: 'text/html', body: gmailList(rows) }),
    );
    await page.goto('https://mail.google.com/mail/u/0/#inbox');
    await page.evaluate(`${EXTENSION_STUB}\n${code}\n;globalThis.ours = ours;`);
    const { fresh, standing, marks } = await page.evaluate(async (rounds) => {
      const { ours } = globalThis as unknown as {
        ours: { readAndBadge(): void; badges: { clear(): void } };
      };
      const time = () => {
        // So that no cached style answers.
        document.body.toggleAttribute('data-bench');
        const start = performance.now();
        ours.readAndBadge();
        return performance.now() - start;
      };
      time();
      // The answers come in a later task.
      await new Promise((done) => setTimeout(done));
      const fresh = Array.from({ length: rounds }, () => {
        ours.badges.clear();
        return time();
      });
      const standing = Array.from({ length: rounds }, time);
      return { fresh, standing, marks: document.querySelectorAll('tandem-badge').length };
    }, ROUNDS);
    for (const [what, times] of [
      ['all marks new', fresh],
      ['marks stand', standing],
    ] as const) {
      const { median, p95 } = summary(times);
      results.push({ rows, marks, what, ms: round(median), 'p95 ms': round(p95), 'budget ms': budget });
    }
    await page.close();
  }
  return results;
}
