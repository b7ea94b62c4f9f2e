import { fileURLToPath } from 'node:url';
import { chromium, expect, test } from '@playwright/test';
import { findBrowser } from '../../demo/find-browser.ts';
import { bundle } from '../support/bundle.ts';
import { gmailFixtures } from '../support/gmail-fixtures.ts';

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
  expect(gmailFixtures.length).toBeGreaterThan(20);
  for (const { name, html, url, reading } of gmailFixtures) {
    await page.route('https://mail.google.com/**', (route) =>
      route.fulfill({ contentType: 'text/html', body: html }),
    );
    // Another document first: from hash to hash a browser does not load again.
    await page.goto('about:blank');
    await page.goto(url.href);
    await page.evaluate(`${readers}\n;globalThis.sites = sites;`);
    const result = await page.evaluate(() => {
      const { sites } = globalThis as unknown as {
        sites: { readPage(document: Document, url: URL): unknown };
      };
      const before = document.documentElement.outerHTML;
      const seen = sites.readPage(document, new URL(location.href));
      return { seen, unchanged: document.documentElement.outerHTML === before };
    });
    expect(result, name).toEqual({ seen: reading, unchanged: true });
    await page.unroute('https://mail.google.com/**');
  }
  await browser.close();
});
