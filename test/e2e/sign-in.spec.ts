import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, expect, type Page, test as base } from '@playwright/test';
import { signInToHub } from '../../demo/hub-client.ts';
import { type HubProcess, startHub } from '../../demo/hub-process.ts';
import { extensionPage, launch } from '../../demo/launch.ts';
import { violationsOf } from '../support/axe.ts';

/** A hub without leads: this is about people who sign in. */
const test = base.extend<{ hub: HubProcess }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs from the pattern
  hub: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'tandem-hub-'));
    const hub = await startHub({ PORT: '0', TANDEM_DATA: folder });
    await use(hub);
    await hub.stop('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  },
});

/** Opens the settings, enters the hub, and asks for its page. Returns the window it opens in. */
async function begin(context: BrowserContext, hubUrl: string): Promise<{ options: Page; window: Page }> {
  const options = await context.newPage();
  await options.goto(extensionPage('options.html'));
  await options.locator('[name=hubUrl]').fill(hubUrl);
  const opened = context.waitForEvent('page');
  await options.locator('[name=hubUrl]').press('Enter');
  const window = await opened;
  await window.getByRole('heading', { level: 1 }).waitFor();
  return { options, window };
}

test('signs in on the hub’s own page, stays signed in, and out again', async ({ hub }) => {
  const context = await launch({ profile: '', headless: true });
  // By another name than the hub's own: everything goes to the one it gives itself.
  const { options, window } = await begin(context, hub.url.replace('127.0.0.1', 'localhost'));
  await expect(window).toHaveTitle('Sign in to Tandem');
  const code = window.getByRole('textbox', { name: 'One-time code' });

  await test.step('the page has nothing axe would mend, in light and dark', async () => {
    expect(await violationsOf(window)).toEqual([]);
    await window.emulateMedia({ colorScheme: 'dark' });
    expect(await violationsOf(window, 'dark')).toEqual([]);
  });
  await test.step('a wrong code is said where it was typed', async () => {
    await code.fill('AAAA-AAAA-AAAA');
    await code.press('Enter');
    await expect(window.getByRole('alert')).toContainText('This code is wrong');
    await expect(code).toHaveAccessibleDescription(/wrong, too old/u);
    expect(await violationsOf(window, 'dark')).toEqual([]);
  });

  const closed = window.waitForEvent('close');
  await code.fill(hub.signInCode);
  await code.press('Enter');
  await closed;
  await options.locator('[data-connected=true]').waitFor();
  await expect(options.getByText(hub.url)).toBeVisible();

  await test.step('the pages never see a token', async () => {
    const seen = await options.evaluate(() => document.documentElement.outerHTML);
    expect(seen).not.toContain('refresh');
  });
  await test.step('this browser stands among the sessions, the team below', async () => {
    await expect(options.locator('[data-sessions] li')).toHaveText(/Chrome, Linux · with a code · here/u);
    expect(await violationsOf(options)).toEqual([]);
  });
  await test.step('an administrator invites somebody, and shuts them out again', async () => {
    const invitation = options.getByRole('form', { name: 'Invite' });
    await invitation.getByLabel('Name', { exact: true }).fill('Nora New');
    await invitation.getByLabel('E-mail address').fill('nora.new@nordlicht.example');
    await options.getByRole('button', { name: 'Invite' }).click();
    const shown = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/u.exec(
      await options.locator('[data-said]').innerText(),
    );
    const nora = await signInToHub(hub.url, shown![0]);
    expect((await nora.me()).ok).toBe(true);
    const row = options.locator('[data-team] li', { hasText: 'Nora New' });
    await row.getByLabel('Role of Nora New').selectOption('manager');
    await expect(options.locator('[data-said]')).toHaveText('Nora New has another role now.');
    expect(await nora.me()).toMatchObject({ value: { user: { role: 'manager' } } });
    await row.getByRole('button', { name: 'Shut out Nora New' }).click();
    await row.getByRole('button', { name: 'Really shut out?' }).click();
    await expect(row).toHaveCount(0);
    expect(await nora.me()).toMatchObject({ error: { kind: 'signed-out' } });
  });

  await options.getByRole('button', { name: 'Sign out', exact: true }).click();
  await options.locator('[data-connected=false]').waitFor();

  await test.step('whoever closes the window is told so', async () => {
    const second = await begin(context, hub.url);
    await second.window.close();
    await expect(second.options.locator('[name=hubUrl]')).toHaveAccessibleDescription(/have not signed in/u);
  });

  await test.step('the page speaks the language of choice, whatever the browser does', async () => {
    await options.getByLabel('Language of Tandem').selectOption('Deutsch');
    await expect(options).toHaveTitle('Tandem · Einstellungen');
    const third = await begin(context, hub.url);
    await expect(third.window).toHaveTitle('Bei Tandem anmelden');
    await expect(third.window.getByRole('textbox', { name: 'Einmalcode' })).toBeVisible();
  });
  await context.close();
});
