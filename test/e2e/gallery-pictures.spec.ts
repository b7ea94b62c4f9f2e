import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Page } from '@playwright/test';
import { oddLetters } from '../fixtures/lead-context.ts';
import { stateNames } from '../gallery/state-names.ts';
import { browserOptions, expect, test, widthOf } from '../support/gallery.ts';

// Half the size shows what moved, and keeps the pictures of every state small.
test.use({ ...browserOptions, scale: 0.5 });

/** Every date and every "3 hours ago" is the same each time. */
const NOW = new Date('2026-11-18T10:30:00.000Z');

/**
 * What letters look like follows from the browser and its fonts: elsewhere no picture is the same. Fonts for emoji come
 * and go with other packages, and count only where there are such letters.
 */
const MADE_ON = new URL('../pictures/made-on.json', import.meta.url);
const madeOn = JSON.parse(await readFile(MADE_ON, 'utf8').catch(() => '{}')) as Partial<Machine>;

interface Machine {
  browser: string;
  letters: number[];
  oddLetters: number[];
}

async function machineOf(page: Page): Promise<Machine> {
  const widths = await page.evaluate(
    (texts) =>
      texts.map((text) => {
        const context = document.createElement('canvas').getContext('2d')!;
        return ['16px system-ui', 'bold 16px system-ui', '16px monospace'].map((font) => {
          context.font = font;
          return context.measureText(text).width;
        });
      }),
    ['The quick brown fox: 0123456789 ÄÖÜß', oddLetters],
  );
  const version = page.context().browser()?.version().split('.')[0];
  return {
    browser: `Chromium ${version} on ${process.platform}`,
    letters: widths[0]!,
    oddLetters: widths[1]!,
  };
}

stateNames.forEach((state, index) => {
  // Each theme and language sees every second state; what is common to two states is seen in both.
  const [language, colorScheme] = index % 2 === 0 ? (['en', 'light'] as const) : (['de', 'dark'] as const);
  test(`${state} looks as before, ${language}, ${colorScheme}`, async ({ page, show }, { config }) => {
    await page.clock.setFixedTime(NOW);
    // Tall enough for what is below the first screen.
    const height = /^(?:popup|collapsed)/u.test(state) ? 600 : 2000;
    await show({ state, language, colorScheme, width: widthOf(state), height });
    const machine = await machineOf(page);
    if (config.updateSnapshots === 'all') {
      await mkdir(new URL('.', MADE_ON), { recursive: true });
      await writeFile(MADE_ON, `${JSON.stringify(machine)}\n`);
    } else
      test.skip(
        !isDeepStrictEqual(
          state.includes('hostile') ? machine : { ...machine, oddLetters: madeOn.oddLetters },
          madeOn,
        ),
        'The pictures were made by another browser or with other fonts; `npm run pictures` makes them here.',
      );
    await expect(page).toHaveScreenshot(`${state}.png`, { maxDiffPixelRatio: 0.002, scale: 'device' });
  });
});
