import type { BrowserContext } from '@playwright/test';
import { v7 as uuid } from 'uuid';
import { backToInbox, openMail } from '../../demo/gmail-actions.ts';
import { background, connect, extensionPage, launch } from '../../demo/launch.ts';
import { panelWithContext } from '../../demo/panel.ts';
import { single } from '../../demo/sample-gmail/mails.ts';
import { answerOf, expect, test as base } from '../support/e2e.ts';
import { grantedExtension } from '../support/granted-extension.ts';

/** Nobody can click the browser's question in a test: this build may notify, and asking it again is no question. */
const test = base.extend({
  context: async ({ hub, wire, profile, language, api: _first }, use) => {
    const { folder, remove } = await grantedExtension([], ['notifications']);
    const context = await launch({ profile, headless: true, language, extensionFolder: folder });
    await connect(context, wire.url, await hub.nextSignInCode());
    await use(context);
    await context.close();
    await remove();
  },
});

interface Shown {
  id: string;
  title: string;
  message: string;
}
interface Chrome {
  notifications: {
    create(id: string, options: Omit<Shown, 'id'>, ...rest: unknown[]): unknown;
    getAll(): Promise<Record<string, boolean>>;
    onClicked: { dispatch(id: string): void };
  };
}

/** What notifications the browser is asked for, from now on. */
async function watchNotifications(context: BrowserContext): Promise<() => Promise<Shown[]>> {
  const worker = await background(context);
  await worker.evaluate(() => {
    const { notifications } = (globalThis as unknown as { chrome: Chrome }).chrome;
    const create = notifications.create.bind(notifications);
    const shown: Shown[] = [];
    notifications.create = (id, options, ...rest) => {
      shown.push({ id, title: options.title, message: options.message });
      return create(id, options, ...rest);
    };
    Object.assign(globalThis, { shown });
  });
  return () => worker.evaluate(() => (globalThis as unknown as { shown: Shown[] }).shown);
}

test('what marketing answers is told once the user wants it, and leads back to the mail', async ({
  context,
  gmail,
  wire,
  api,
  clientOf,
}) => {
  const shown = await watchNotifications(context);
  const mara = await clientOf('Mara Lindqvist');
  const lead = single.messages[0]!.from;
  await openMail(gmail, single);
  const panel = await panelWithContext(gmail);
  await panel.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(panel.locator('[data-progress=delivered]').first()).toBeVisible();
  const mail = gmail.url();
  await backToInbox(gmail);
  const [given] = answerOf(await api.listFeedback({ query: { limit: 1 } })).items;
  const answer = async (text: string) =>
    answerOf(await mara.replyToFeedback({ params: { id: given!.id }, body: { id: uuid(), text } }));
  expect(wire.seen.filter(({ path }) => path.startsWith('/v1/me/news'))).toEqual([]);

  const options = await context.newPage();
  await options.goto(extensionPage('options.html'));
  const card = options.getByRole('region', { name: 'Notifications', exact: true });
  await expect(card.getByLabel('Show notifications')).not.toBeChecked();
  await card.getByLabel('Show notifications').check();
  // The test may run at night.
  await card.getByLabel('Keep still in quiet hours').uncheck();
  const asked = () => wire.seen.filter(({ path }) => path.startsWith('/v1/me/news')).length;
  await expect.poll(asked).toBeGreaterThan(0);

  await answer('The webinar goes on.');
  await expect.poll(shown).toMatchObject([{ title: 'Marketing has answered you', message: lead.name }]);
  const worker = await background(context);
  // The browser has it a moment after it was asked for: it loads the icon first.
  const really = () =>
    worker.evaluate(() => (globalThis as unknown as { chrome: Chrome }).chrome.notifications.getAll());
  await expect.poll(async () => Object.keys(await really())).toEqual([(await shown())[0]!.id]);
  expect(JSON.stringify(await shown())).not.toContain('webinar');

  await test.step('a click leads to the mail in which the lead was last seen', async () => {
    const opened = context.waitForEvent('page', { timeout: 20_000 });
    const { id } = (await shown())[0]!;
    await worker.evaluate(
      (id) => (globalThis as unknown as { chrome: Chrome }).chrome.notifications.onClicked.dispatch(id),
      id,
    );
    const page = await opened;
    await expect(page).toHaveURL(mail);
    await panelWithContext(page, lead.name);
    await page.close();
  });
  await test.step('without names', async () => {
    await options.bringToFront();
    await card.getByLabel('Name the lead').uncheck();
    await answer('It will be recorded.');
    await expect.poll(async () => (await shown()).length).toBe(2);
    expect((await shown())[1]).toMatchObject({ message: 'One of your leads' });
  });
  await test.step('no more on a day than agreed', async () => {
    await card.getByLabel('At most per day').selectOption('1');
    const before = asked();
    await answer('And sent to everybody.');
    await expect.poll(asked).toBeGreaterThan(before);
    expect(await shown()).toHaveLength(2);
  });
});
