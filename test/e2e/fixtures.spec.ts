import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { findBrowser } from '../../demo/find-browser.ts';
import { sites } from '../../utils/sites/index.ts';
import { bundle } from '../support/bundle.ts';
import { fixturesOf } from '../support/site-fixtures.ts';

test.use({
  launchOptions: {
    executablePath: await findBrowser(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  },
});

let readers: string;
test.beforeAll(async () => {
  readers = await bundle(fileURLToPath(new URL('../../utils/sites/index.ts', import.meta.url)), 'sites');
});

for (const { id } of sites) {
  test(`real Chromium reads every fixture of ${id} as expected, and is left as it was`, async ({ page }) => {
    const fixtures = fixturesOf(id);
    expect(fixtures.length).toBeGreaterThan(1);
    let served = '';
    await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: served }));
    for (const { name, html, url, reading } of fixtures) {
      served = html;
      // Another document first: from hash to hash a browser does not load again.
      await page.goto('about:blank');
      await page.goto(url.href);
      await page.evaluate(`${readers}\n;globalThis.sites = sites;`);
      const result = await page.evaluate((site) => {
        const { sites } = globalThis as unknown as {
          sites: { readAs(id: string, document: Document, url: URL): { readers?: unknown } | null };
        };
        const before = document.documentElement.outerHTML;
        const seen = sites.readAs(site, document, new URL(location.href)) ?? {};
        delete seen.readers;
        return { seen, unchanged: document.documentElement.outerHTML === before };
      }, id);
      expect(result, name).toEqual({ seen: reading ?? {}, unchanged: true });
    }
  });
}
