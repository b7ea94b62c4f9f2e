import { browserOptions, test } from '../support/gallery.ts';
test.use(browserOptions);
const states = (process.env.SHOTS ?? 'inbox').split(',');
for (const state of states)
  for (const [language, colorScheme, width] of [['en','light',1280],['de','dark',1280],['de','light',400],['en','dark',400]] as const)
    test(`${state} ${language} ${colorScheme} ${width}`, async ({ show }) => {
      const page = await show({ state, language, colorScheme, width: state === 'asked-back' ? 360 : width, height: 1000 });
      if (process.env.KEYS) { for (const key of process.env.KEYS.split(' ')) { await page.keyboard.press(key); await page.waitForTimeout(150); } }
      if (state === 'asked-back') await page.locator('[data-asked]').scrollIntoViewIfNeeded();
      await page.waitForTimeout(300);
      await page.screenshot({ path: `/tmp/inbox-shots/${state}${process.env.TAG ?? ''}-${language}-${colorScheme}-${width}.png` });
    });
