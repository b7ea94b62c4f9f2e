import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { BrowserContext } from '@playwright/test';
import { bundle } from '../support/bundle.ts';
import { round, summary } from './statistics.ts';

const ROUNDS = 9;

/** Enough of the extension API for the content script to evaluate in an ordinary page. */
export const EXTENSION_STUB = `globalThis.chrome = { runtime: { id: 'bench', getURL: String,
  onMessage: { addListener() {}, removeListener() {} }, sendMessage: () => Promise.resolve() },
  i18n: { getMessage: () => '' } };`;

/** Bytes of the scripts that a page has to run, and how long Chromium takes to evaluate them, in turn. */
export async function benchScriptCost(context: BrowserContext) {
  const local = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  const scripts = [
    {
      // The largest of the sites' scripts.
      name: 'Tandem content script for Gmail',
      code: await readFile('.output/chrome-mv3/content-scripts/gmail.js', 'utf8'),
    },
    { name: 'gmail-js with its jQuery', code: await bundle(local('gmail-js-entry.js'), 'theirs') },
    { name: '@inboxsdk/core', code: await bundle(local('inboxsdk-entry.ts'), 'inboxsdk') },
  ];
  const times = new Map<string, number[]>(scripts.map(({ name }) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const { name, code } of scripts) {
      const page = await context.newPage();
      await page.route('https://bench.test/', (route) =>
        route.fulfill({ contentType: 'text/html', body: '' }),
      );
      await page.goto('https://bench.test/');
      await page.evaluate(EXTENSION_STUB);
      times.get(name)!.push(
        await page.evaluate((script) => {
          const start = performance.now();
          (0, eval)(script);
          return performance.now() - start;
        }, code),
      );
      await page.close();
    }
  }
  const ours = summary(times.get(scripts[0]!.name)!).median;
  return scripts.map(({ name, code }) => {
    const { median } = summary(times.get(name)!);
    return {
      script: name,
      'kB minified': round(Buffer.byteLength(code) / 1000, 1),
      'kB gzip': round(gzipSync(code).length / 1000, 1),
      'evaluation ms': round(median, 1),
      '÷ ours': round(median / ours, 1),
    };
  });
}
