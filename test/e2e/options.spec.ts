import { extensionPage } from '../../demo/launch.ts';
import { violationsOf } from '../support/axe.ts';
import { expect, lookingTest as test } from '../support/e2e.ts';

test('the keys are those the browser knows, and lead to where it lets them be changed', async ({
  context,
}) => {
  const options = await context.newPage();
  await options.goto(extensionPage('options.html'));
  const card = options.getByRole('region', { name: 'Keys' });
  // Without a window to press them in, a browser may have given us none.
  const keys = await options.evaluate(async () => {
    interface Chrome {
      commands: { getAll(): Promise<{ name: string; shortcut: string }[]> };
    }
    const commands = await (globalThis as unknown as { chrome: Chrome }).chrome.commands.getAll();
    return commands.find(({ name }) => name === 'toggle-panel')!.shortcut;
  });
  await expect(card.locator('dt').first()).toHaveText(keys || 'None');
  const opened = context.waitForEvent('page');
  await card.getByRole('button', { name: 'Change in the browser' }).click();
  await expect.poll(async () => (await opened).url()).toBe('chrome://extensions/shortcuts');
});

test('what is copied for support stands there to be read, and names nobody', async ({ context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const options = await context.newPage();
  await options.goto(extensionPage('options.html'));
  const card = options.getByRole('region', { name: 'Diagnostics' });
  await card.getByText('What is copied').click();
  const shown = card.getByRole('region', { name: 'What is copied' });
  await expect(shown).toContainText('"signedIn": true');
  await card.getByRole('button', { name: 'Copy' }).click();
  await expect(card.getByText('Copied.')).toBeVisible();
  const copied = await options.evaluate(() => navigator.clipboard.readText());
  expect(JSON.parse(copied)).toMatchObject({ version: '0.1.0', hub: { by: 'code' } });
  expect(copied).not.toMatch(/@|nordlicht|127\.0\.0\.1|tdm_/iu);
});

test('the settings have nothing axe would mend', async ({ context }) => {
  const options = await context.newPage();
  await options.goto(extensionPage('options.html'));
  await options.getByText('What is copied').click();
  await options.getByRole('button', { name: 'Delete all local data' }).click();
  expect(await violationsOf(options)).toEqual([]);
  await options.emulateMedia({ colorScheme: 'dark' });
  expect(await violationsOf(options, 'dark')).toEqual([]);
});
