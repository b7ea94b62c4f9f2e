import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { PageReading } from '../../../utils/contract/page-reading.ts';
import { beginFirstRun, readFirstRun, saveFirstRun } from '../../../utils/extension/first-run.ts';
import { forgetItems, settingsItem } from '../../../utils/extension/storage.ts';
import { suggestMailboxes } from '../../../utils/extension/suggest-mailboxes.ts';
import { takeReading } from '../../../utils/extension/tab-session.ts';
import { emptyDatabase, signedIn } from '../../support/extension-state.ts';

beforeEach(async () => {
  await emptyDatabase();
  vi.spyOn(fakeBrowser.tabs, 'sendMessage').mockResolvedValue(undefined);
});

const openedPages = async () =>
  (await fakeBrowser.tabs.query({})).filter(({ url }) => url?.endsWith('/welcome.html'));

it('opens its page once the extension is installed, and keeps how far the user has come', async () => {
  await beginFirstRun();
  expect(await openedPages()).toHaveLength(1);
  expect(await readFirstRun()).toBe('connect');
  await saveFirstRun('mailboxes');
  forgetItems();
  await beginFirstRun();
  expect(await readFirstRun()).toBe('mailboxes');
  expect(await openedPages()).toHaveLength(1);
});

it('is over for who has had Tandem before there was one, and for a step nobody knows', async () => {
  expect(await readFirstRun()).toBe('done');
  forgetItems();
  await fakeBrowser.storage.local.set({ 'first-run': 'a step of later days' });
  expect(await readFirstRun()).toBe('done');
});

it('offers the mailboxes that open tabs show, until they are named', async () => {
  const read = async (site: string, account: string, url: string) => {
    const { id } = await fakeBrowser.tabs.create({ url });
    const reading: PageReading = { site, view: 'list', account, people: [] };
    await takeReading({ tabId: id!, frameId: 0, address: url }, site, reading);
  };
  await read('gmail', 'Alex@Work.example', 'https://mail.google.com/');
  await read('gmail', 'alex@work.example', 'https://mail.google.com/mail/u/1/');
  await read('outlook', 'alex@home.example', 'https://outlook.office.com/');
  // The owner of a CRM's page has no mailbox there.
  await read('odoo', 'admin@crm.example', 'https://crm.example/');
  expect(await suggestMailboxes()).toEqual(['alex@work.example', 'alex@home.example']);

  await settingsItem.set({ ...(await settingsItem.get()), mailboxes: ['alex@work.example'] });
  expect(await suggestMailboxes()).toEqual(['alex@home.example']);
});

it('offers no mailbox of the workspace: the panel works there already', async () => {
  await signedIn();
  expect(await suggestMailboxes()).toEqual([]);
});
