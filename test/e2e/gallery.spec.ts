import type { Page } from '@playwright/test';
import { violationsOf } from '../support/axe.ts';
import { stateNames } from '../gallery/state-names.ts';
import {
  browserOptions,
  enlargeText,
  expect,
  overflowOf,
  test,
  type View,
  widthOf,
} from '../support/gallery.ts';

test.use(browserOptions);

async function expectSound(page: Page, view: View) {
  expect(await violationsOf(page, view.colorScheme), JSON.stringify(view)).toEqual([]);
  expect(await overflowOf(page), JSON.stringify(view)).toBe(0);
}

for (const state of stateNames) {
  test(`${state} is sound in both languages and schemes`, async ({ show }) => {
    for (const [language, colorScheme] of [
      ['en', 'light'],
      ['de', 'dark'],
    ] as const) {
      const view: View = { state, language, colorScheme, width: widthOf(state) };
      await expectSound(await show(view), view);
    }
  });
}

for (const state of [
  'ready',
  'returned',
  'several',
  'choose',
  'hostile',
  'careful',
  'refused',
  'qualifying',
  'clock-breached',
  'conflict',
  'draft',
  'inbox',
  'inbox-hostile',
  'agreement',
  'agreement-to-sign',
  'agreement-draft',
  'agenda-one',
  'agenda-hostile',
  'campaigns',
  'campaigns-page',
  'campaigns-page-hostile',
  'campaigns-plans',
  'campaigns-plans-hostile',
  'campaigns-ask',
  'people-person',
  'report',
  'report-few',
  'import-choose',
  'import-mapping',
  'import-problems',
  'import-running',
  'options',
  'options-sites',
  'options-team',
  'options-channels',
  'options-sources',
  'popup-several',
  'popup-recognised',
  'welcome',
  'welcome-sites',
  'welcome-mailboxes',
  'welcome-done-alone',
]) {
  test(`${state} fits narrow, wide and enlarged`, async ({ show }) => {
    // German words are the longer ones.
    const page = await show({ state, language: 'de', width: 320 });
    const expectNoOverflow = async (what: string) => expect(await overflowOf(page), what).toBe(0);
    await expectNoOverflow('320 px');
    await page.setViewportSize({ width: 520, height: 900 });
    await expectNoOverflow('520 px');
    // A zoomed page: the dock keeps its width, the window is short.
    await page.setViewportSize({ width: 360, height: 300 });
    await expectNoOverflow('zoomed');
    await page.setViewportSize({ width: 360, height: 900 });
    await enlargeText(page, 2);
    await expectNoOverflow('text of twice the size');
  });
}

test('enlarged text keeps every control within the panel', async ({ show }) => {
  const page = await show({ state: 'returned', language: 'de', width: 360, textSize: 2 });
  const outside = await page.evaluate(() =>
    [...document.querySelectorAll('button, input, textarea, label')]
      .filter((element) => element.checkVisibility() && element.getBoundingClientRect().right > innerWidth)
      .map((element) => element.outerHTML),
  );
  expect(outside).toEqual([]);
});
