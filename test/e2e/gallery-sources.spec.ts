import type { Page } from '@playwright/test';
import { violationsOf } from '../support/axe.ts';
import { browserOptions, expect, overflowOf, test, type View } from '../support/gallery.ts';

test.use(browserOptions);

const cardOf = (page: Page) => page.locator('#sources');
const rowOf = (page: Page, system: string) => page.locator(`[data-source="${system}"]`);
const schemes = [
  { language: 'en', colorScheme: 'light' },
  { language: 'de', colorScheme: 'dark' },
] as const;

async function expectSound(page: Page, { colorScheme }: Pick<View, 'colorScheme'>) {
  expect(await violationsOf(page, colorScheme)).toEqual([]);
  expect(await overflowOf(page)).toBe(0);
}

test('connects a system by keyboard, and says at once what works and what is missing', async ({ show }) => {
  const page = await show({ state: 'options-sources-empty', width: 900 });
  const card = cardOf(page);
  await card.getByLabel('System').selectOption('Odoo');
  await card.getByLabel('Address').fill('https://nordlicht.odoo.com');
  await page.keyboard.press('Tab');
  await page.keyboard.type('k3y');
  await page.keyboard.press('Enter');
  await expect(card.getByRole('heading', { name: 'Odoo' })).toBeFocused();
  const row = rowOf(page, 'odoo');
  await expect(row.getByText('Leads and contacts can be read.')).toBeVisible();
  await expect(row.getByText(/lacks the right/u)).toBeVisible();
  await expect(card.getByLabel('System').getByRole('option', { name: 'Odoo' })).toHaveCount(0);
});

for (const view of schemes) {
  test(`the form says what is missing and what the hub found wrong, ${view.language}`, async ({ show }) => {
    const page = await show({ state: 'options-sources-form', width: 700, ...view });
    const card = cardOf(page);
    await card.getByRole('combobox').selectOption('Odoo');
    const url = card.locator('[name=url]');
    const key = card.locator('[name=apiKey]');
    await url.press('Enter');
    await expect(url).toBeFocused();
    await expect(key).toHaveAttribute('aria-invalid', 'true');
    await expectSound(page, view);
    await url.fill('crm');
    await key.fill('k3y');
    await key.press('Enter');
    await expect(url).toHaveAccessibleDescription(/Invalid URL/u);
    await expect(key).not.toHaveAttribute('aria-invalid');
    await expectSound(page, view);
  });

  test(`a mapping shows whom it moves before it is saved, ${view.language}`, async ({ show }) => {
    const page = await show({ state: 'options-sources-mapping', width: 700, ...view });
    const row = rowOf(page, 'odoo');
    await row.locator('summary').nth(1).click();
    const statuses = row.getByRole('row');
    await expect(statuses.nth(1)).toContainText('Messe-Kontakt');
    await expect(statuses.nth(4)).toContainText('New');
    await statuses.nth(1).getByRole('combobox').selectOption('mql');
    await expect(row.getByText(/^86 pe/iu)).toBeVisible();
    await expect(row.getByText('Jonas Petersen')).toBeVisible();
    await expectSound(page, view);
    await row.getByRole('button', { name: /^(?:Save|Speichern)$/u }).click();
    await expect(row.getByText(/^(?:Saved|Gespeichert)\./u)).toBeVisible();
    await expect(row.locator('summary').nth(1)).toContainText('2');
    await expect(statuses.nth(1)).toContainText('Ruht');
  });
}

test('says how every source is doing, and how far its history is', async ({ show }) => {
  const page = await show({ state: 'options-sources', width: 900 });
  const people = rowOf(page, 'hubspot').getByRole('progressbar', { name: 'People' });
  await expect(people).toHaveJSProperty('value', 12_400 / 25_000);
  await expect(rowOf(page, 'hubspot')).toContainText('12,400 of 25,000');
  await expect(rowOf(page, 'hubspot')).toContainText('People: 31 could not be taken.');
  await expect(rowOf(page, 'mautic')).toContainText('Make a new one there and enter it here.');
  await expect(rowOf(page, 'brevo')).toContainText('Switched off');
  await expect(rowOf(page, 'odoo')).toContainText('3 without a stage');
});

test('switches a source off, and asks before it removes one', async ({ show }) => {
  const page = await show({ state: 'options-sources', width: 900 });
  const odoo = rowOf(page, 'odoo');
  await odoo.getByRole('button', { name: 'Switch off Odoo' }).click();
  await expect(odoo).toHaveAttribute('data-source-state', 'disabled');
  await expect(odoo.getByRole('button', { name: 'Sync now: Odoo' })).toBeDisabled();
  await odoo.getByRole('button', { name: 'Remove Odoo' }).press('Enter');
  await expect(odoo.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await odoo.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(odoo).toHaveCount(0);
});

test('signs the hub in at a system in a tab of its own', async ({ show }) => {
  const page = await show({ state: 'options-sources', width: 900 });
  const row = rowOf(page, 'pipedrive');
  const opened = page.context().waitForEvent('page');
  await row.getByRole('button', { name: 'Sign in to Pipedrive' }).click();
  await (await opened).close();
  await expect(row.getByRole('link', { name: /Open the page/u })).toBeVisible();
});

test('shows a secret that is set as set only, and what a webhook needs', async ({ show }) => {
  const page = await show({ state: 'options-sources', width: 900 });
  const row = rowOf(page, 'hubspot');
  await row.locator('summary', { hasText: 'Settings' }).click();
  await expect(row.getByLabel('Client secret')).toHaveValue('');
  await expect(row.getByLabel('Client secret')).toHaveAttribute('placeholder', /It is set/u);
  await row.locator('summary', { hasText: 'webhook' }).click();
  await expect(row.getByText(/v1\/webhooks\/hubspot$/u)).toBeVisible();
  await expect(row.getByText('2 messages were refused because their signature was wrong.')).toBeVisible();
  await expectSound(page, { colorScheme: 'light' });
});
