import { fileURLToPath } from 'node:url';
import { chromium, expect, test } from '@playwright/test';
import { findBrowser } from '../../demo/find-browser.ts';
import { sites } from '../../utils/sites/index.ts';
import { bundle } from '../support/bundle.ts';
import { fixturesOf } from '../support/site-fixtures.ts';

test('real Chromium reads every fixture as expected, and is left as it was', async () => {
  const readers = await bundle(
    fileURLToPath(new URL('../../utils/sites/index.ts', import.meta.url)),
    'sites',
  );
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const page = await browser.newPage();
  const fixtures = sites.flatMap(({ id }) => fixturesOf(id).map((fixture) => ({ site: id, ...fixture })));
  expect(fixtures.length).toBeGreaterThan(20);
  let served = '';
  await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: served }));
  for (const { site, name, html, url, reading } of fixtures) {
    served = html;
    // Another document first: from hash to hash a browser does not load again.
    await page.goto('about:blank');
    await page.goto(url.href);
    await page.evaluate(`${readers}\n;globalThis.sites = sites;`);
    const result = await page.evaluate((id) => {
      const { sites } = globalThis as unknown as {
        sites: { readAs(id: string, document: Document, url: URL): { readers?: unknown } | null };
      };
      const before = document.documentElement.outerHTML;
      const { readers: _readers, ...seen } = sites.readAs(id, document, new URL(location.href)) ?? {};
      return { seen, unchanged: document.documentElement.outerHTML === before };
    }, site);
    expect(result, `${site}/${name}`).toEqual({ seen: reading ?? {}, unchanged: true });
  }
  await browser.close();
});
