import { browserOptions, expect, overflowOf, test } from '../support/gallery.ts';

test.use(browserOptions);

test('accepting is one click, with undo', async ({ show }) => {
  const page = await show({ state: 'ready' });
  const accept = page.getByRole('button', { name: 'Accept', exact: true });
  await accept.dblclick();
  await expect(page.getByText('You accepted this lead.').first()).toBeVisible();
  await expect(accept).toHaveAttribute('aria-pressed', 'true');
  await expect(accept).toBeFocused();
  await expect(page.getByRole('status')).toHaveText('You accepted this lead.');
  // A double click is one verdict: one line of feedback more than before.
  await expect(page.locator('li[data-progress]')).toHaveCount(3);
  await expect(page.locator('li[data-progress=delivered]')).toHaveCount(1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('status')).toHaveText('Undone. The lead is as it was.');
  await expect(accept).toHaveAttribute('aria-pressed', 'false');
  await expect(page.locator('li[data-progress=withdrawn]')).toHaveCount(1);
});

test('a click that cannot leave yet says so', async ({ show }) => {
  const page = await show({ state: 'stale-offline' });
  await page.getByRole('button', { name: 'Return', exact: true }).click();
  await expect(page.locator('[data-progress=saved]').first()).toHaveText('Saved here');
  const notReady = page.locator('label', { hasText: 'Not ready yet' });
  await notReady.click();
  await expect(page.locator('li[data-progress=saved]')).toContainText('Not ready yet');
  await notReady.click();
  await expect(page.locator('li[data-progress=saved]')).not.toContainText('Not ready yet');
  await page.getByRole('button', { name: 'Add a comment' }).click();
  await page.getByLabel('Comment').fill('Again in spring');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('li[data-progress=saved]')).toContainText('Again in spring');
});

test('where a reason is required, the reason is the click', async ({ show }) => {
  const page = await show({ state: 'reason-needed' });
  const back = page.getByRole('button', { name: 'Return', exact: true });
  await back.click();
  await expect(back).toHaveAttribute('aria-expanded', 'true');
  await expect(page.locator('li[data-progress]')).toHaveCount(2);
  await page.getByRole('button', { name: 'No budget' }).click();
  await expect(page.locator('li[data-progress=delivered]')).toContainText('No budget');
  await expect(page.getByText('You returned this lead.').first()).toBeVisible();
});

test('refused feedback can be let go', async ({ show }) => {
  const page = await show({ state: 'refused' });
  await expect(page.getByText('This lead became a customer in the meantime.').first()).toBeVisible();
  await page.getByRole('button', { name: 'Discard' }).first().click();
  await expect(page.getByRole('button', { name: 'Discard' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Accept', exact: true })).toHaveAttribute(
    'aria-pressed',
    'false',
  );
});

test('praise is one click per campaign, and a second one takes it back', async ({ show }) => {
  const page = await show({ state: 'ready' });
  // What it is called is what it shows.
  const praise = page.getByRole('button', { name: /^Praised? “Autumn mailing to logistics”/u });
  await praise.click();
  await expect(praise).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('li[data-progress=delivered]')).toContainText('Praise');
  await praise.click();
  await expect(praise).toHaveAttribute('aria-pressed', 'false');
});

test('while it is unclear who is meant, nobody’s status is shown', async ({ show }) => {
  const page = await show({ state: 'choose' });
  await expect(page.locator('[data-person-id]')).toHaveCount(0);
  await expect(page.locator('[data-stage]')).toHaveCount(0);
  await page.getByRole('radio', { name: /Sofia Lindqvist/u }).press('Space');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sofia Lindqvist');
});

test('arrow keys go from lead to lead, and no lead’s data stays under another’s name', async ({ show }) => {
  const page = await show({ state: 'several-slow' });
  await expect(page.getByText('Hafenlogistik Nord GmbH')).toBeVisible();
  await page.getByRole('radio', { name: 'Jonas Petersen' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'Sofia Lindqvist' })).toBeFocused();
  await expect(page.locator('[data-state=loading]')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sofia Lindqvist');
  await expect(page.getByText('Hafenlogistik Nord GmbH')).toHaveCount(0);
  await expect(page.locator('[data-person-id]')).toHaveCount(0);
});

test('the stage is explained on focus, on hover and on a tap', async ({ show }) => {
  const page = await show({ state: 'ready', language: 'de' });
  const meaning = page.getByRole('button', { name: /Was bedeutet/u });
  const definition = page.getByText(/Unternehmen und Rolle passen/u);
  await page.getByRole('button', { name: 'Panel einklappen' }).focus();
  while (!(await meaning.evaluate((button) => button === document.activeElement)))
    await page.keyboard.press('Tab');
  await expect(definition).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(definition).toBeHidden();
  await expect(meaning).toBeFocused();
  await page.keyboard.press('Tab');
  await meaning.hover();
  await expect(definition).toBeVisible();
  await page.mouse.move(0, 0);
  await expect(definition).toBeHidden();
  await meaning.click();
  await expect(definition).toBeVisible();
});

test('the width follows the arrow keys within its bounds', async ({ show }) => {
  const page = await show({ state: 'ready' });
  const edge = page.getByRole('separator', { name: 'Panel width' });
  await edge.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(edge).toHaveAttribute('aria-valuenow', '376');
  await page.keyboard.press('Home');
  await expect(edge).toHaveAttribute('aria-valuenow', '320');
  await page.keyboard.press('ArrowRight');
  await expect(edge).toHaveAttribute('aria-valuenow', '320');
  await page.keyboard.press('End');
  await expect(edge).toHaveAttribute('aria-valuenow', '640');
});

test('folds to a tab that still says the stage', async ({ show }) => {
  const page = await show({ state: 'ready' });
  await page.getByRole('button', { name: 'Collapse panel' }).click();
  await page.getByRole('button', { name: 'Expand panel, MQL' }).click();
  await expect(page.locator('[data-state=ready]')).toBeVisible();
});

test('the timeline is filtered by channel', async ({ show }) => {
  const page = await show({ state: 'ready' });
  await page.getByRole('button', { name: 'Ads', exact: true }).click();
  await expect(page.locator('li[data-touchpoint]')).toHaveCount(1);
  await expect(page.getByText('1 of 48', { exact: true })).toBeVisible();
});

test('hostile text is text', async ({ show }) => {
  const page = await show({ state: 'hostile' });
  await expect(page.getByRole('heading', { level: 1 })).toContainText('<img src=x');
  const more = page.getByRole('button', { name: 'Show more' });
  const cut = await more.count();
  expect(cut).toBeGreaterThan(10);
  for (let left = cut; left > 0; left--) {
    await more.first().click();
    await expect(more).toHaveCount(left - 1);
  }
  expect(await overflowOf(page)).toBe(0);
  expect(await page.title()).toBe('Tandem gallery');
  expect(await page.locator('img').count()).toBe(0);
});

test('says when the context is on the screen', async ({ show }) => {
  const page = await show({ state: 'ready' });
  const mark = await page.waitForFunction(
    () =>
      (performance.getEntriesByName('tandem:context-painted')[0] as PerformanceMark | undefined)
        ?.detail as unknown,
  );
  const personId = await page.locator('[data-person-id]').getAttribute('data-person-id');
  expect(await mark.jsonValue()).toEqual({ personId });
});
