import { readFile } from 'node:fs/promises';
import { browserOptions, expect, test } from '../support/gallery.ts';

test.use(browserOptions);

test('a file is chosen and sent', async ({ show }) => {
  const page = await show({ state: 'import-choose', width: 900 });
  const send = page.getByRole('button', { name: 'Send file' });
  await expect(send).toBeDisabled();
  const field = page.getByLabel('CSV file');
  await field.setInputFiles({ name: 'empty.csv', mimeType: 'text/csv', buffer: Buffer.from('') });
  await expect(field).toHaveAccessibleDescription('The file has no rows.');
  await expect(send).toBeDisabled();
  await field.setInputFiles({
    name: 'a.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('email\na@b.example'),
  });
  await send.press('Enter');
  await expect(page.getByRole('link', { name: 'All imports' })).toBeVisible();
});

test('dates that can be read in two ways are asked for, then the dry run and the import', async ({
  show,
}) => {
  const page = await show({ state: 'import-mapping', width: 900 });
  const dates = page.getByLabel('How the dates in “Newsletter seit” are written');
  const check = page.getByRole('button', { name: 'Dry run' });
  await expect(check).toBeDisabled();
  await expect(dates).toHaveAccessibleDescription(/does not guess/u);
  await expect(dates.getByRole('option')).toHaveText([/Which/u, /Day first/u, /Month first/u]);
  await dates.selectOption({ label: 'Day first, 31/12/2026' });
  await page.getByLabel('What “Anzahl der', { exact: false }).selectOption('Attribute for criteria');
  await page.getByLabel('Name of the attribute in', { exact: false }).fill('');
  await expect(check).toBeDisabled();
  await page.getByLabel('Name of the attribute in', { exact: false }).fill('employees');
  await check.click();
  await expect(page.getByText('Dry run: nothing is stored yet')).toBeVisible();
  await expect(dates).toHaveValue('dmy');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible();
  await expect(dates).toHaveCount(0);
});

test('bad rows are named in words, by pages and as a file', async ({ show }) => {
  const page = await show({ state: 'import-problems', language: 'de', width: 900 });
  const rows = page.locator('tr[data-problem]');
  await expect(rows).toHaveCount(25);
  await expect(rows.first()).toHaveText('23E-MailDas ist keine E-Mail-Adresse.');
  await page.getByRole('button', { name: 'Mehr laden' }).click();
  await expect(rows).toHaveCount(50);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Als CSV herunterladen' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('Kontakte Herbstmesse 2026.csv.fehler.csv');
  const lines = (await readFile(await file.path(), 'utf8')).trimEnd().split('\r\n');
  expect(lines).toHaveLength(256);
  expect(lines.slice(0, 2)).toEqual([
    '\uFEFF"Zeile","Spalte","Grund"',
    '23,"E-Mail","Das ist keine E-Mail-Adresse."',
  ]);
});

test('deleting asks once more, in the same place', async ({ show }) => {
  const page = await show({ state: 'import-choose', width: 900 });
  const row = page.getByRole('listitem').filter({ hasText: 'KW 46' });
  await row.getByRole('button', { name: /^Delete/u }).press('Enter');
  await expect(row.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await row.getByRole('button', { name: 'Cancel' }).press('Enter');
  await row.getByRole('button', { name: /^Delete/u }).click();
  await row.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(row).toHaveCount(0);
});

test('a file that was broken off takes only itself', async ({ show }) => {
  const page = await show({ state: 'import-resume', width: 900 });
  const field = page.getByLabel('Choose the same file');
  await field.setInputFiles({ name: 'other.csv', mimeType: 'text/csv', buffer: Buffer.from('email') });
  await expect(field).toHaveAccessibleDescription(/another file/u);
});

test('sales sees no imports', async ({ show }) => {
  const page = await show({ state: 'import-as-rep', width: 900 });
  await expect(page.getByRole('heading', { name: 'Not for your role' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Import' })).toHaveCount(0);
});
