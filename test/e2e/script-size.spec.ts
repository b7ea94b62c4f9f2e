import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';

const FOLDER = new URL('../../.output/chrome-mv3/content-scripts/', import.meta.url);
/** Bytes, minified: what every page of a site has to load (DESIGN §12). */
const BUDGET = 30_000;

for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.js'))) {
  test(`${file} is small, and brings neither React nor a polyfill`, () => {
    const code = readFileSync(new URL(file, FOLDER));
    expect(code.length).toBeLessThanOrEqual(BUDGET);
    expect(code.toString()).not.toMatch(/react\.|webextension-polyfill|wrappedSendMessageCallback/u);
  });
}
