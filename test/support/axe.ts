import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type axe from 'axe-core';

const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe finds wrong with a page, without its frames: each rule with its elements. In the dark scheme it looks at
 * colours alone, because roles and names are the same in both: look at the light one, too.
 */
export async function violationsOf(page: Page, colorScheme: 'light' | 'dark' = 'light'): Promise<string[][]> {
  // Said by the page itself, so that a page that was left and come to again is given it anew.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source);
  const options: axe.RunOptions = {
    iframes: false,
    // To describe what is right, too, takes as long as to look.
    resultTypes: ['violations'],
    ...(colorScheme === 'dark' && { runOnly: ['color-contrast'] }),
  };
  return page.evaluate(async (how) => {
    // Halfway from one colour to another nothing has the contrast it will have.
    const passing = document
      .getAnimations()
      .filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(passing.map((animation) => animation.finished));
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(
      { exclude: ['iframe'] },
      how,
    );
    return violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]);
  }, options);
}
