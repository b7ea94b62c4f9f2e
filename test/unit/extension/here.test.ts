import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { PageReading } from '../../../utils/contract/page-reading.ts';
import { here, othersOn } from '../../../utils/extension/here.ts';
import type { Settings } from '../../../utils/extension/messages.ts';
import { connectionItem, enabledSitesItem, settingsItem } from '../../../utils/extension/storage.ts';
import { takeReading } from '../../../utils/extension/tab-session.ts';
import { emptyDatabase, signedIn } from '../../support/extension-state.ts';

const GMAIL = 'https://mail.google.com/mail/u/0/#inbox/FMfcgzQXwertzuiopasdfgh';
const CRM = 'https://crm.customer.example:8069/odoo/crm/42';
const TAB = 5;
const change = async (settings: Partial<Settings>) =>
  settingsItem.set({ ...(await settingsItem.get()), ...settings });
const lookAt = (url: string | undefined) =>
  vi.spyOn(fakeBrowser.tabs, 'query').mockImplementation(() => Promise.resolve([{ id: TAB, url }]));
const seeSigns = (answer: () => Promise<{ result: string | null }[]>) =>
  vi.spyOn(fakeBrowser.scripting, 'executeScript').mockImplementation(answer);
const mailOf = (account: string | undefined): PageReading => ({
  site: 'gmail',
  view: 'thread',
  account,
  people: [
    { key: 'a', role: 'sender', email: 'lead@customer.example', name: 'Lena Lead' },
    { key: 'b', role: 'recipient', email: 'mother@private.example', name: 'Mother' },
  ],
});
const read = (address: string, reading: PageReading | null) =>
  takeReading({ tabId: TAB, frameId: 0, address }, 'gmail', reading);

beforeEach(async () => {
  await emptyDatabase();
  await signedIn('lead@customer.example');
  vi.spyOn(fakeBrowser.tabs, 'sendMessage').mockResolvedValue(undefined);
  lookAt(GMAIL);
});

describe('where Tandem works', () => {
  it('says who is on the page, and names the others only when asked', async () => {
    await read(GMAIL, mailOf('alex.winter@nordlicht.example'));
    const found = await here();
    expect(found).toMatchObject({
      tabId: TAB,
      host: 'mail.google.com',
      site: 'gmail',
      state: 'works',
      account: 'alex.winter@nordlicht.example',
      leads: [{ name: 'Lena Lead', stage: 'mql' }],
      others: 1,
      panel: 'open',
    });
    expect(JSON.stringify(found)).not.toContain('Mother');
    expect(await othersOn(TAB)).toEqual([
      { name: 'Mother', email: 'mother@private.example', role: 'recipient' },
    ]);
  });

  it.each([
    ['alex@private.example', 'private-mailbox'],
    [undefined, 'unknown-mailbox'],
  ])('says why not in the mailbox of %s', async (account, state) => {
    await read(GMAIL, mailOf(account));
    expect(await here()).toMatchObject({ state, leads: [], panel: null });
  });

  it('says that it is paused, switched off, or without a hub', async () => {
    await read(GMAIL, mailOf('alex.winter@nordlicht.example'));
    await change({ sitesOff: ['gmail'] });
    expect(await here()).toMatchObject({ state: 'switched-off', leads: [] });
    await change({ pausedUntil: new Date(Date.now() + 60_000).toISOString() });
    expect(await here()).toMatchObject({ state: 'paused' });
    await connectionItem.set(null);
    expect(await here()).toMatchObject({ state: 'signed-out' });
  });

  it('asks for a reload where no script has started, and says so when nobody was understood', async () => {
    expect(await here()).toMatchObject({ state: 'reload' });
    await read(GMAIL, null);
    expect(await here()).toMatchObject({ state: 'not-understood' });
    lookAt('https://mail.google.com/mail/u/0/#settings');
    expect(await here()).toMatchObject({ state: 'works', others: 0 });
  });

  it('offers to ask for a core site’s pages where the browser’s user has taken them back', async () => {
    await read(GMAIL, null);
    vi.spyOn(fakeBrowser.permissions, 'getAll').mockResolvedValue({ origins: [] } as never);
    const allowed = vi.spyOn(fakeBrowser.permissions, 'contains').mockResolvedValue(false as never);
    expect(await here()).toMatchObject({ state: 'revoked', patterns: ['https://mail.google.com/*'] });
    // Allowed together with all other pages.
    allowed.mockResolvedValue(true as never);
    expect(await here()).toMatchObject({ state: 'not-understood' });
  });

  it('names the entry by which a site was switched on', async () => {
    const entry = { id: 'odoo:x', site: 'odoo', patterns: ['https://crm.customer.example/*'], granted: true };
    await enabledSitesItem.set([entry]);
    lookAt(CRM);
    expect(await here()).toMatchObject({ site: 'odoo', entry: 'odoo:x', state: 'reload' });
  });
});

describe('where it does not', () => {
  it('recognises a system by its signs', async () => {
    lookAt(CRM);
    seeSigns(() => Promise.resolve([{ result: 'odoo' }]));
    expect(await here()).toMatchObject({
      host: 'crm.customer.example:8069',
      site: 'odoo',
      patterns: ['https://crm.customer.example/*'],
      state: 'not-on',
    });
  });

  it('knows a site’s own address without looking', async () => {
    lookAt('https://app.hubspot.com/contacts/1/record/0-1/2');
    const looked = seeSigns(() => Promise.resolve([]));
    const found = await here();
    expect(found).toMatchObject({ site: 'hubspot', state: 'not-on' });
    expect(found.patterns).toContain('https://app.hubspot.com/*');
    expect(looked).not.toHaveBeenCalled();
  });

  it('lets the user say what it is where the browser lets nobody look', async () => {
    lookAt(CRM);
    seeSigns(() => Promise.reject(new Error('Cannot access contents of the page')));
    expect(await here()).toMatchObject({ site: null, state: 'not-on' });
  });

  it('says nothing of a session that another page has left behind', async () => {
    await read(GMAIL, mailOf('alex.winter@nordlicht.example'));
    lookAt('https://elsewhere.example/');
    seeSigns(() => Promise.resolve([{ result: null }]));
    expect(await here()).toMatchObject({ site: null, state: 'not-on', leads: [], others: 0 });
  });

  it.each(['chrome://extensions', 'about:blank', undefined])('is no page: %s', async (url) => {
    lookAt(url);
    expect(await here()).toMatchObject({ host: null, state: 'not-a-page' });
  });
});
