import type { Page } from 'puppeteer-core';
import { single } from '../../demo/sample-gmail/mails.ts';
import type { Mail } from '../../demo/sample-gmail/mail.ts';
import type { HubClient } from '../../utils/extension/hub-client.ts';
import { answerOf, expect } from '../support/e2e.ts';
import { openExtensionPage, openGmail, panelOf, test } from './firefox.ts';

declare const browser: {
  permissions: { remove(permissions: { origins: string[] }): Promise<boolean> };
  commands: { getAll(): Promise<{ name: string; shortcut: string }[]> };
  sidebarAction: { open(): Promise<void> };
  extension: { getViews(filter: { type: 'sidebar' }): Window[] };
};

const lead = single.messages[0]!.from;
const openMail = (page: Page, mail: Mail) =>
  page.locator(`tr.zA [data-legacy-thread-id="${mail.id}"]`).click();
const hasDock = (page: Page) => page.evaluate(() => document.querySelector('tandem-dock') !== null);
const newFeedback = async (api: HubClient) => {
  const { items } = answerOf(await api.listFeedback({ query: { state: 'new', limit: 100 } }));
  return items.filter(({ personName }) => personName === lead.name);
};

test('a mail of a lead shows the panel, and one click on it is in the hub', async ({ mail, api }) => {
  await openMail(mail, single);
  const panel = await panelOf(mail);
  await panel.locator('[data-stage=mql]').wait();
  await panel.locator('::-p-aria(Accept)').click();
  await panel.locator('[data-stage=sal]').wait();
  await expect.poll(() => newFeedback(api)).toMatchObject([{ verdict: 'accepted' }]);
});

test('a click while the hub is away is delivered once when it is back', async ({ mail, hub, api }) => {
  await openMail(mail, single);
  const panel = await panelOf(mail);
  await hub.stop();
  await panel.locator('::-p-aria(Accept)').click();
  await panel.locator('[data-progress=saved]').wait();
  await hub.restart();
  await panel.locator('[data-progress=delivered]').wait();
  expect(await newFeedback(api)).toHaveLength(1);
});

test('the settings say to whom the browser is connected', async ({ firefox, wire }) => {
  const page = await openExtensionPage(firefox, 'options.html');
  await page.locator('[data-connected=true]').wait();
  expect(await page.evaluate(() => document.body.innerText)).toContain(wire.url);
});

test('pages that the user has taken back are offered again, and come to life at once', async ({
  firefox,
}) => {
  const options = await openExtensionPage(firefox, 'options.html');
  await options.evaluate(() => browser.permissions.remove({ origins: ['https://mail.google.com/*'] }));
  const allow = options.locator('::-p-aria(Allow Gmail)');
  await allow.wait();
  const mail = await openGmail(firefox);
  await openMail(mail, single);
  expect(await hasDock(mail)).toBe(false);

  await options.bringToFront();
  await allow.click();
  await mail.bringToFront();
  await panelOf(mail);
  expect(await hasDock(mail)).toBe(true);
});

test('the sidebar shows the tab in front, and the page has no dock', async ({ firefox }) => {
  const options = await openExtensionPage(firefox, 'options.html');
  await options.locator('::-p-aria(Use the browser’s side panel)').click();
  const keys = () =>
    options.evaluate(async () => (await browser.commands.getAll()).find(({ shortcut }) => shortcut)?.name);
  await expect.poll(keys).toBe('_execute_sidebar_action');

  // Neither the shortcut nor the toolbar can be reached from here; any click on a page of ours may open it.
  await options.evaluate(() => {
    document.addEventListener('click', () => void browser.sidebarAction.open(), { once: true });
  });
  await options.locator('h1').click();
  // WebDriver does not see the sidebar either, but the extension's other pages do.
  const sidebar = () =>
    options.evaluate(() => browser.extension.getViews({ type: 'sidebar' })[0]?.document.body.innerText);
  await expect.poll(sidebar).toContain('No lead on this page');

  const mail = await openGmail(firefox);
  await openMail(mail, single);
  await expect.poll(sidebar).toContain(lead.name);
  expect(await hasDock(mail)).toBe(false);
  await options.bringToFront();
  await expect.poll(sidebar).toContain('No lead on this page');
  expect(await sidebar()).not.toContain(lead.name);
});
