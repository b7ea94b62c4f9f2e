import type { BrowserContext } from '@playwright/test';
import { openMail } from '../../demo/gmail-actions.ts';
import { background, connect, launch } from '../../demo/launch.ts';
import { openGmail, panelWithContext } from '../../demo/panel.ts';
import { single } from '../../demo/sample-gmail/mails.ts';
import { sampleGmail } from '../../demo/sample-gmail/sample-gmail.ts';
import { expect, test } from '../support/e2e.ts';
import { ask, extensionPageOf, grantedExtension } from '../support/granted-extension.ts';

const CRM = 'https://crm.nordlicht.example/*';

interface Chrome {
  storage: Record<'local' | 'session' | 'sync', { get(): Promise<object> }>;
  alarms: { getAll(): Promise<object[]> };
  permissions: {
    getAll(): Promise<{ origins?: string[]; permissions?: string[] }>;
    remove(one: object, ...rest: unknown[]): unknown;
  };
  scripting: { getRegisteredContentScripts(): Promise<object[]> };
  action: { getBadgeText(about: object): Promise<string>; getTitle(about: object): Promise<string> };
}

/** Everything an extension can leave in a browser. */
const traces = async (context: BrowserContext) =>
  (await background(context)).evaluate(async () => {
    const { chrome } = globalThis as unknown as { chrome: Chrome };
    const { storage, alarms, permissions, scripting, action } = chrome;
    const { origins, permissions: names } = await permissions.getAll();
    return {
      local: await storage.local.get(),
      session: await storage.session.get(),
      sync: await storage.sync.get(),
      databases: (await indexedDB.databases()).map(({ name }) => name),
      caches: await caches.keys(),
      alarms: await alarms.getAll(),
      scripts: await scripting.getRegisteredContentScripts(),
      permissions: { origins: origins?.toSorted(), names: names?.toSorted() },
      badge: [await action.getBadgeText({}), await action.getTitle({})],
    };
  });

/** What the browser is asked to take back, from now on. */
async function watchRemovals(context: BrowserContext): Promise<() => Promise<object[]>> {
  const worker = await background(context);
  await worker.evaluate(() => {
    const { chrome } = globalThis as unknown as { chrome: Chrome };
    const remove = chrome.permissions.remove.bind(chrome.permissions);
    const asked: object[] = [];
    chrome.permissions.remove = (one, ...rest) => {
      asked.push(one);
      return remove(one, ...rest);
    };
    Object.assign(globalThis, { asked });
  });
  return () => worker.evaluate(() => (globalThis as unknown as { asked: object[] }).asked);
}

test('deleting everything tells what is lost, and leaves the browser as it was before', async ({
  hub,
  wire,
  api: _first,
}) => {
  const { folder, remove } = await grantedExtension([CRM]);
  const context = await launch({ profile: '', headless: true, extensionFolder: folder });
  const fresh = await traces(context);
  const removed = await watchRemovals(context);
  await connect(context, wire.url, await hub.nextSignInCode());
  const gmail = await openGmail(context, sampleGmail({ language: 'en' }));
  await openMail(gmail, single);
  const panel = await panelWithContext(gmail);
  await wire.stop();
  // A click that the hub does not hear of.
  await panel.getByRole('button', { name: 'Accept', exact: true }).click();
  const options = await extensionPageOf(context);
  await expect.poll(async () => (await ask(options, 'outbox.list')).entries.length).toBe(1);
  await ask(options, 'settings.set', {
    ...(await ask(options, 'settings.get')),
    never: ['ceo@example.com'],
    pausedUntil: new Date(Date.now() + 3_600_000).toISOString(),
  });
  await ask(options, 'sites.switch-on', { site: 'odoo', patterns: [CRM] });
  await options.evaluate(() => localStorage.setItem('habit', 'kept'));
  const before = await traces(context);
  expect(Object.keys(before.local)).toEqual(expect.arrayContaining(['connection', 'settings']));
  expect(before.databases).toEqual(['tandem']);
  expect(before.alarms.length).toBeGreaterThan(1);
  expect(before.scripts).toHaveLength(1);
  expect(before.badge[0]).not.toBe('');

  const card = options.getByRole('region', { name: 'Delete everything here' });
  await card.getByRole('button', { name: 'Delete all local data' }).click();
  await expect(card.getByText('1 entry has not reached the hub yet and would be lost.')).toBeVisible();
  await expect(card.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await card.getByRole('button', { name: 'Delete now' }).click();
  await expect(options.getByText('Everything was deleted.')).toBeVisible();
  await expect(gmail.locator('tandem-dock')).toHaveCount(0);
  await expect(gmail.locator('tandem-badge')).toHaveCount(0);
  expect(await options.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
  // Not even how far the first run had come.
  expect(await traces(context)).toEqual({ ...fresh, local: {} });
  // Nobody can click the browser's question in a test, so that this build has the origin for good.
  expect(await removed()).toContainEqual({ origins: [CRM] });
  expect(fresh).toMatchObject({ session: {}, sync: {}, databases: [], alarms: [], scripts: [] });
  await context.close();
  await remove();
});
