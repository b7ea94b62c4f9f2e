import type { Page } from '@playwright/test';
import { longestTask } from '../bench/longest-task.ts';
import { browserOptions, expect, test } from '../support/gallery.ts';

test.use(browserOptions);

/** A browser calls a task long that takes more than this; of the page's own time, for others share the machine. */
const LONG_MS = 50;

const items = (page: Page) => page.locator('li[data-feedback-id]');
const current = (page: Page) => page.locator('li[data-current=true]');
const tab = (page: Page, name: string) => page.getByRole('navigation', { name: 'Show' }).getByText(name);

test('opening feedback marks it as seen; answering, asking back and acting move it on', async ({ show }) => {
  const page = await show({ state: 'inbox', width: 1280 });
  const item = items(page).nth(1);
  const id = await item.getAttribute('data-feedback-id');
  await expect(item).toHaveAttribute('data-feedback-state', 'new');
  await item.getByRole('button').first().press('Enter');
  await expect(item).toHaveAttribute('data-feedback-state', 'seen');
  const answer = item.getByRole('button', { name: 'Send answer' });
  await expect(answer).toBeDisabled();
  await item.getByLabel('Answer to Lena Brandt').fill('We will keep in touch until spring.');
  await answer.click();
  await expect(item).toHaveAttribute('data-feedback-state', 'answered');
  await expect(item.getByText('We will keep in touch until spring.')).toBeVisible();
  await item.getByText('Ask back').click();
  await item.getByLabel('Question to Lena Brandt').fill('Which quarter?');
  await item.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(item.getByText('Waits for Lena Brandt')).toBeVisible();
  await item.locator('label', { hasText: 'Acted on' }).click();
  await item.getByLabel('What was done, to Lena Brandt').fill('The form asks for the quarter now.');
  await item.getByRole('button', { name: 'Mark acted on' }).click();
  await expect(item).toHaveAttribute('data-feedback-state', 'acted');
  await tab(page, 'Answered').click();
  await expect(page.locator(`li[data-feedback-id="${id}"]`)).toBeVisible();
});

test('what was changed after its answer was lost is another answer, and both are seen', async ({ show }) => {
  const page = await show({ state: 'inbox-answer-lost', width: 1280 });
  const item = items(page).nth(0);
  await item.getByRole('button').first().press('Enter');
  const field = item.getByRole('textbox');
  await field.fill('We will look.');
  await item.getByRole('button', { name: 'Send answer' }).click();
  // The list is read again: what did arrive is there, and what was written is kept.
  await expect(item.locator('bdi', { hasText: 'We will look.' })).toBeVisible();
  await expect(field).toHaveValue('We will look.');
  await field.fill('We have looked.');
  await item.getByRole('button', { name: 'Send answer' }).click();
  await expect(item.locator('bdi', { hasText: 'We have looked.' })).toBeVisible();
  await expect(field).toHaveValue('');
});

for (const [language, say] of [
  [
    'en',
    {
      answer: 'Answer to Lena Brandt',
      done: 'What was done, to Lena Brandt',
      ask: 'Question to Lena Brandt',
    },
  ],
  [
    'de',
    {
      answer: 'Antwort an Lena Brandt',
      done: 'Was umgesetzt wurde, an Lena Brandt',
      ask: 'Rückfrage an Lena Brandt',
    },
  ],
] as const) {
  test(`everything by keyboard, in ${language}`, async ({ show }) => {
    const page = await show({ state: 'inbox', language, width: 1280 });
    const { keyboard } = page;
    await keyboard.press('j');
    await expect(items(page).nth(0).getByRole('button').first()).toBeFocused();
    await keyboard.press('j');
    await keyboard.press('j');
    await keyboard.press('k');
    await expect(items(page).nth(1).getByRole('button').first()).toBeFocused();
    await keyboard.press('r');
    await expect(page.getByLabel(say.answer)).toBeFocused();
    // Letters are letters here.
    await keyboard.type('jkax?');
    await expect(page.getByLabel(say.answer)).toHaveValue('jkax?');
    await keyboard.press('Control+Enter');
    await expect(current(page)).toHaveAttribute('data-feedback-state', 'answered');
    await expect(current(page).getByRole('button').first()).toBeFocused();
    await keyboard.press('a');
    await expect(page.getByLabel(say.done)).toBeFocused();
    await keyboard.press('Escape');
    await keyboard.press('q');
    await expect(page.getByLabel(say.ask)).toBeFocused();
    await keyboard.press('Escape');
    await expect(current(page).getByRole('button').first()).toBeFocused();
    await keyboard.press('?');
    await expect(page.getByRole('dialog')).toBeVisible();
  });
}

test('single keys can be switched off', async ({ show }) => {
  const page = await show({ state: 'inbox', width: 1280 });
  await page.getByRole('button', { name: 'Keys' }).click();
  await page.getByLabel('Single keys work on this page').uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await expect(current(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Keys' }).click();
  await page.getByLabel('Single keys work on this page').check();
});

test('several are answered at once, and what was withdrawn meanwhile is said', async ({ show }) => {
  const page = await show({ state: 'inbox', width: 1280 });
  for (const key of ['j', 'x', 'j', 'x', 'j', 'x']) await page.keyboard.press(key);
  await expect(page.getByText('3 selected')).toHaveCount(2);
  await page.getByLabel('The same words to everything that is selected').fill('The form is mended.');
  await page.getByRole('button', { name: 'Mark all acted on' }).click();
  await expect(page.getByText(/One was withdrawn meanwhile/u)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Answer all' })).toHaveCount(0);
});

test('filters live in the address, and narrow the list', async ({ show }) => {
  const page = await show({ state: 'inbox', width: 1280 });
  await tab(page, 'Overdue').click();
  await expect(page).toHaveURL(/#inbox\?view=overdue$/u);
  await expect(items(page)).toHaveCount(4);
  await page.getByLabel('About').selectOption('lead');
  await expect(page).toHaveURL(/about=lead/u);
  await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();
  await page.getByLabel('About').selectOption('');
  await tab(page, 'All').click();
  await page.getByRole('link', { name: 'By reason' }).click();
  await page
    .getByRole('navigation', { name: 'Groups' })
    .getByRole('link', { name: /No budget/u })
    .click();
  await expect(page).toHaveURL(/by=reason&reason=no-budget/u);
  for (const item of await items(page).all()) await expect(item).toContainText('No budget');
  await page.getByLabel('Order').selectOption('oldest');
  await expect(page).toHaveURL(/order=oldest/u);
  await page.goBack();
  await expect(page).not.toHaveURL(/reason=no-budget/u);
});

test('sales reads along', async ({ show }) => {
  const page = await show({ state: 'inbox-as-rep', width: 1280 });
  await items(page).first().getByRole('button').first().click();
  await expect(page.getByRole('checkbox')).toHaveCount(0);
  await expect(page.getByRole('textbox')).toHaveCount(0);
});

test('ten thousand scroll without a long task', async ({ show, gallery }) => {
  test.setTimeout(600_000);
  const page = await show({ state: 'inbox-many', width: 1280 });
  const browser = gallery.browser()!;
  await expect(items(page).first()).toBeVisible();
  // All pages are read on the way to the end; then up again as fast as a wheel turns.
  await scroll(page, 4_800, 20_000);
  expect(await items(page).last().getAttribute('data-index')).toBe('9999');
  // What a collection of garbage takes on a busy machine comes once; what the list itself takes, each time.
  const longest: number[] = [];
  for (let turn = 0; turn < 3; turn++) {
    longest.push(await longestTask(browser, page, () => scroll(page, -600, 150)));
  }
  expect(await items(page).count()).toBeLessThan(60);
  expect(Math.min(...longest)).toBeLessThan(LONG_MS);
});

/** Scrolls with each frame, so often or until nothing moves any more. */
const scroll = (page: Page, by: number, frames: number) =>
  page.evaluate(
    async ([by, frames]) => {
      for (let still = 0, before = -1, frame = 0; still < 60 && frame < frames; frame++) {
        scrollBy(0, by);
        await new Promise((done) => requestAnimationFrame(done));
        still = scrollY === before ? still + 1 : 0;
        before = scrollY;
      }
    },
    [by, frames] as const,
  );
