import type { Page } from '@playwright/test';
import { backToInbox, openMail } from '../../demo/gmail-actions.ts';
import { extensionPage } from '../../demo/launch.ts';
import { panelOf, panelShows, panelWithContext } from '../../demo/panel.ts';
import { single } from '../../demo/sample-gmail/mails.ts';
import { expect, lookingTest as test, readingTest as settingsTest } from '../support/e2e.ts';

/** Where the panel's frame stands, as its edges in CSS pixels. */
async function edges(page: Page) {
  const box = (await (await (await panelOf(page)).frameElement()).boundingBox())!;
  return { left: box.x, top: box.y, right: box.x + box.width, bottom: box.y + box.height };
}
const edgesOf = (page: Page, selector: string) =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      return { left, top, right, bottom };
    });
const put = (page: Page, id: string, style: string) =>
  page.evaluate(
    ([id, style]) => {
      const element = document.createElement('div');
      element.id = id;
      element.style.cssText = style;
      document.body.append(element);
    },
    [id, style] as const,
  );
const take = (page: Page, id: string) => page.evaluate((id) => document.getElementById(id)!.remove(), id);

test('the dock stands beside everything that must not be covered', async ({ gmail }) => {
  const untouched = await gmail.evaluate(() => document.body.getAttribute('style'));
  await openMail(gmail, single);
  const panel = await panelWithContext(gmail);
  await panel.evaluate(() => document.body.setAttribute('data-loaded', 'once'));
  const wide = await edges(gmail);

  await test.step('the page gives way to it', async () => {
    await expect.poll(async () => (await edgesOf(gmail, '.bkK')).right).toBeLessThanOrEqual(wide.left);
    expect(wide.right).toBeLessThanOrEqual(gmail.viewportSize()!.width - 56);
  });

  await test.step('another extension’s sidebar', async () => {
    await put(
      gmail,
      'other',
      'position:fixed;top:0;right:0;bottom:0;width:300px;z-index:2147483647;background:#ccc',
    );
    await expect.poll(async () => (await edges(gmail)).right).toBe(gmail.viewportSize()!.width - 300);
    await take(gmail, 'other');
    await expect.poll(() => edges(gmail)).toEqual(wide);
  });

  const compose = () => edgesOf(gmail, '.dw .no > *');
  await test.step('a window in which a mail is written', async () => {
    await gmail.getByRole('button', { name: 'Compose' }).click();
    const { left: edge } = await compose();
    await expect.poll(() => edges(gmail)).toMatchObject({ right: edge, left: edge - 360, top: wide.top });
  });

  await test.step('one that leaves no room beside it: a tab', async () => {
    await gmail.setViewportSize({ width: 1000, height: 800 });
    await expect.poll(async () => (await edges(gmail)).right - (await edges(gmail)).left).toBe(44);
    const tab = await edges(gmail);
    const { left, right, top } = await compose();
    expect(tab.bottom <= top || tab.left >= right || tab.right <= left).toBe(true);
    expect(tab.right).toBeLessThanOrEqual(1000 - 56);
  });

  await test.step('until the user wants to see it all the same', async () => {
    await panel.getByRole('button', { name: /Expand panel/u }).click();
    await expect.poll(() => edges(gmail)).toMatchObject({ left: 1000 - 56 - 360, top: wide.top });
    await expect(panel.locator('[data-person-id]').first()).toBeVisible();
    await gmail.setViewportSize({ width: 1280, height: 800 });
    await expect.poll(() => edges(gmail)).toMatchObject({ left: wide.left, top: wide.top });
  });

  await test.step('something above everything covers the page: the panel is above it', async () => {
    await put(gmail, 'cover', 'position:fixed;inset:0;z-index:2147483647;background:#000a');
    const { left, top } = await edges(gmail);
    const above = () =>
      gmail.evaluate(([x, y]) => document.elementFromPoint(x, y)?.nodeName, [left + 150, top + 200] as const);
    await expect.poll(above).toBe('TANDEM-DOCK');
    await take(gmail, 'cover');
  });

  // Nothing of all this has loaded it a second time.
  await expect(panel.locator('body[data-loaded=once]')).toBeAttached();
  await backToInbox(gmail);
  await expect.poll(() => panelShows(gmail)).toBe(false);
  expect(await gmail.locator('.bkK').getAttribute('style')).toBeNull();
  expect(await gmail.evaluate(() => document.body.getAttribute('style'))).toBe(untouched);
});

settingsTest(
  'side, width and spacing follow the settings at once, and so do the marks in lists',
  async ({ gmail, context }) => {
    const untouched = await gmail.evaluate(() => document.body.getAttribute('style'));
    await expect.poll(() => gmail.locator('tandem-badge').count()).toBeGreaterThan(0);
    await openMail(gmail, single);
    const panel = await panelWithContext(gmail);
    await panel.evaluate(() => document.body.setAttribute('data-loaded', 'once'));
    const before = await edges(gmail);
    const content = await edgesOf(gmail, '.bkK');
    const options = await context.newPage();
    await options.goto(extensionPage('options.html'));
    const choose = async (label: string, choice: string) => {
      await options.bringToFront();
      await options.getByLabel(label, { exact: true }).selectOption(choice);
      await gmail.bringToFront();
    };

    await settingsTest.step('left: beside the site’s own navigation, which it does not cover', async () => {
      await choose('Side', 'Left');
      await expect.poll(async () => (await edges(gmail)).left).toBe(content.left);
      await expect.poll(async () => (await edgesOf(gmail, '.bkK')).left).toBe(content.left + 360);
      const handle = panel.getByRole('separator');
      await handle.focus();
      await handle.press('ArrowRight');
      await expect.poll(async () => (await edges(gmail)).right).toBe(content.left + 376);
      await expect.poll(async () => (await edgesOf(gmail, '.bkK')).left).toBe(content.left + 376);
      expect((await edges(gmail)).left).toBe(content.left);
    });
    await settingsTest.step('a width for all sites, also where it was changed by hand', async () => {
      await choose('Width', 'Wide');
      await expect.poll(async () => (await edgesOf(gmail, '.bkK')).left).toBe(content.left + 440);
    });
    await settingsTest.step('close together', async () => {
      const high = () => panel.locator('main').evaluate((main) => main.scrollHeight);
      const loose = await high();
      await choose('Spacing', 'Compact');
      await expect.poll(high).toBeLessThan(loose);
    });
    await settingsTest.step('right again, without a trace', async () => {
      await choose('Width', 'Normal');
      await choose('Side', 'Right');
      await expect.poll(() => edges(gmail)).toEqual(before);
      await expect(panel.locator('body[data-loaded=once]')).toBeAttached();
    });
    await settingsTest.step('no marks in lists, and marks', async () => {
      await backToInbox(gmail);
      await options.bringToFront();
      await options.getByLabel('Mark leads in lists').uncheck();
      await gmail.bringToFront();
      await expect(gmail.locator('tandem-badge')).toHaveCount(0);
      await options.bringToFront();
      await options.getByLabel('Mark leads in lists').check();
      await gmail.bringToFront();
      await expect.poll(() => gmail.locator('tandem-badge').count()).toBeGreaterThan(0);
    });
    expect(await gmail.locator('.bkK').getAttribute('style')).toBeNull();
    expect(await gmail.evaluate(() => document.body.getAttribute('style'))).toBe(untouched);
  },
);
