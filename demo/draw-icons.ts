import { mkdir, readFile } from 'node:fs/promises';
import { chromium } from '@playwright/test';
import { findBrowser } from './find-browser.ts';

/** Draws public/icon/<size>.png from public/icon.svg; run it after changing the drawing. */
const svg = await readFile(new URL('../public/icon.svg', import.meta.url), 'base64');
await mkdir('public/icon', { recursive: true });
const browser = await chromium.launch({
  executablePath: await findBrowser(),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
for (const size of [16, 32, 48, 96, 128]) {
  // The Chrome Web Store shows the largest one with this much air around it, and asks for it in the file.
  const margin = size === 128 ? 16 : 0;
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(
    `<body style="margin:${margin}px"><img style="display:block" width=${size - 2 * margin} src="data:image/svg+xml;base64,${svg}">`,
  );
  await page.screenshot({ path: `public/icon/${size}.png`, omitBackground: true });
}
await browser.close();
