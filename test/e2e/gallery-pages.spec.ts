import { browserOptions, expect, test } from '../support/gallery.ts';

test.use(browserOptions);

test('connects with an address and a code, and says which of them is wrong', async ({ show }) => {
  const page = await show({ state: 'options-wrong-code', width: 900 });
  await page.getByLabel('Hub address').fill('not an address');
  await page.getByLabel('One-time code').fill('ABC');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByLabel('Hub address')).toHaveAccessibleDescription(/starts with https/u);
  await page.getByLabel('Hub address').fill('https://tandem.hafen.example/');
  await page.getByLabel('One-time code').press('Enter');
  await expect(page.getByLabel('One-time code')).toHaveAccessibleDescription(/wrong or was used/u);
});

test('shows as whom one is signed in, and signs out', async ({ show }) => {
  const page = await show({ state: 'options-signed-out', width: 900 });
  await page.getByLabel('Hub address').fill('https://tandem.hafen.example');
  await page.getByLabel('One-time code').fill('ABC');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('Lena Brandt (Sales)')).toBeVisible();
  await expect(page.getByText('@tandem-gmbh.example')).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByLabel('One-time code')).toBeVisible();
});

test('keeps mailboxes and the never-list', async ({ show }) => {
  const page = await show({ state: 'options', width: 900 });
  const mailboxes = page.getByRole('region', { name: 'Mailboxes' });
  await mailboxes.getByLabel('Address').fill('nonsense');
  await mailboxes.getByRole('button', { name: 'Add' }).click();
  await expect(mailboxes.getByLabel('Address')).toHaveAccessibleDescription('This is not an e-mail address.');
  await mailboxes.getByLabel('Address').fill('  New@Example.com ');
  await page.keyboard.press('Enter');
  await expect(mailboxes.getByRole('listitem').filter({ hasText: 'new@example.com' })).toBeVisible();

  const never = page.getByRole('region', { name: 'Never look up' });
  await never.getByRole('button', { name: 'Remove family.example' }).click();
  await expect(never.getByText('family.example')).toHaveCount(0);
  await never.getByLabel('Address or domain').fill('@Partner.example');
  await page.keyboard.press('Enter');
  await expect(never.getByText('partner.example', { exact: true })).toBeVisible();
});

test('sent mails are noticed unless the user says otherwise', async ({ show }) => {
  const page = await show({ state: 'options', width: 900 });
  const notice = page.getByRole('checkbox', { name: 'Notice mails I send to leads' });
  await expect(notice).toBeChecked();
  await expect(notice).toHaveAccessibleDescription(/Never what you wrote/u);
  await notice.press('Space');
  await expect(notice).not.toBeChecked();
});

test('the popup names leads, counts everybody else, and names them only when asked', async ({ show }) => {
  const page = await show({ state: 'popup' });
  await expect(page.getByRole('listitem')).toHaveText([/Jonas Petersen/u]);
  await expect(page.getByText('2 other people are on this page')).toBeVisible();
  await expect(page.getByText('Renate Winter')).toHaveCount(0);
  await page.getByRole('button', { name: 'Show who' }).press('Enter');
  await expect(page.getByText('Renate Winter')).toBeVisible();
  await page.getByRole('button', { name: 'Fold panel' }).click();
  await expect(page.getByRole('button', { name: 'Unfold panel' })).toBeVisible();
});

test('the popup pauses for an hour, and goes on', async ({ show }) => {
  const page = await show({ state: 'popup' });
  await page.getByRole('button', { name: 'Pause for an hour' }).click();
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByRole('button', { name: 'Pause for an hour' })).toBeVisible();
});

test('the popup takes a mailbox for a work mailbox when the user says so', async ({ show }) => {
  const page = await show({ state: 'popup-private' });
  await page.getByRole('button', { name: 'This is a work mailbox' }).click();
  const kept = await page.evaluate(() =>
    (
      globalThis as unknown as {
        chrome: { runtime: { sendMessage(message: unknown): Promise<{ value: { mailboxes: string[] } }> } };
      }
    ).chrome.runtime.sendMessage({ name: 'settings.get' }),
  );
  expect(kept.value.mailboxes).toContain('lena@familie-brandt.example');
});

test('the popup switches on the system it has recognised, or the one the user names', async ({ show }) => {
  const page = await show({ state: 'popup-recognised' });
  await expect(page.getByLabel('Which system is this?')).toHaveValue('odoo');
  await page.getByLabel('Which system is this?').selectOption('HubSpot');
  await page.getByRole('button', { name: 'Switch on here' }).click();
  await expect(page.getByText('Tandem works here.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Switch off on HubSpot' })).toBeVisible();
});

test('sites are switched on and off in the settings', async ({ show }) => {
  const page = await show({ state: 'options-sites', width: 900 });
  const sites = page.getByRole('region', { name: 'Sites' });
  const outlook = sites.getByRole('checkbox', { name: 'Work on Outlook' });
  await expect(outlook).not.toBeChecked();
  await outlook.press('Space');
  await expect(outlook).toBeChecked();
  await sites.getByRole('button', { name: 'Switch off Odoo, erp.konzern.example' }).click();
  await expect(sites.getByText('erp.konzern.example')).toHaveCount(0);
  await sites.getByLabel('System').selectOption('Odoo');
  await sites.getByLabel('Address').fill('crm');
  await sites.getByLabel('Address').press('Enter');
  await expect(sites.getByLabel('Address')).toHaveAccessibleDescription(/starts with https/u);
  await sites.getByLabel('Address').fill('http://crm.werk.example:8069/web');
  await page.keyboard.press('Enter');
  await expect(sites.getByText('crm.werk.example')).toBeVisible();
  await expect(page.getByText('Selectors of the hub, version 4')).toBeVisible();
});

test('an administrator adds a channel, tries it, and tries again what was given up', async ({ show }) => {
  const page = await show({ state: 'options-channels', width: 900 });
  const card = page.getByRole('region', { name: 'Notifications to other systems' });
  await expect(card.getByRole('listitem')).toHaveCount(3);
  await expect(card.getByText('The other system did not take it (HTTP 500).').first()).toBeVisible();
  await card.getByRole('button', { name: 'Test' }).first().press('Enter');
  await expect(card.getByText('Delivered (HTTP 200).')).toBeVisible();

  await card.getByRole('button', { name: 'Try again: Stage changed, Data warehouse' }).click();
  await expect(card.getByText('Given up')).toHaveCount(0);

  await card.getByRole('button', { name: 'Add' }).click();
  await expect(card.getByLabel('Address')).toHaveAccessibleDescription(/a name, an address/u);
  await card.getByLabel('Kind').selectOption('webhook');
  await card.getByLabel('Name').fill('CRM');
  await card.getByLabel('Address').fill('https://crm.hafen.example/hooks');
  await card.getByLabel('Stage changed').check();
  await card.getByRole('button', { name: 'Add' }).click();
  await expect(card.getByText(/^whsec_/u)).toBeVisible();
  const added = card.getByRole('listitem').filter({ hasText: 'crm.hafen.example' });
  await expect(added).toContainText('Stage changed');
  await added.getByLabel('Tell “CRM”').uncheck();
  await expect(added.getByLabel('Tell “CRM”')).not.toBeChecked();
  await added.getByRole('button', { name: 'Remove CRM' }).click();
  await expect(added).toHaveCount(0);
});

test('the weekly mail is switched off and on', async ({ show }) => {
  const page = await show({ state: 'options-channels', width: 900 });
  const mail = page.getByLabel('Send me the weekly mail');
  await expect(mail).toBeChecked();
  await mail.uncheck();
  await expect(mail).not.toBeChecked();
});
