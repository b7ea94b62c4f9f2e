import { beforeEach, describe, expect, it, vi } from 'vitest';
import { matchBadges } from '../../../utils/extension/match-people.ts';
import type { Settings } from '../../../utils/extension/messages.ts';
import { connectionItem, settingsItem, tabSessionItem } from '../../../utils/extension/storage.ts';
import { takeReading } from '../../../utils/extension/tab-session.ts';
import { emptyDatabase, signedIn } from '../../support/extension-state.ts';

const record = { system: 'odoo', tenant: 'crm.customer.example', type: 'crm.lead', id: '42' };
const lead = { email: 'Lead@Customer.example' };
const account = 'alex.winter@nordlicht.example';
const MQL = { stage: 'mql', doNotContact: false, clock: 'none' };
const network = vi.fn(() => Promise.reject(new TypeError('no network in this test')));
const change = async (settings: Partial<Settings>) =>
  settingsItem.set({ ...(await settingsItem.get()), ...settings });

beforeEach(async () => {
  await emptyDatabase();
  await signedIn('lead@customer.example', record);
  network.mockClear();
  vi.stubGlobal('fetch', network);
});

describe('the badges of a list', () => {
  const mail = { site: 'gmail', account, people: [lead, { email: 'mother@private.example' }, {}] };

  it('are for leads, by the index alone', async () => {
    expect(await matchBadges(mail)).toEqual([MQL, null, null]);
    expect(network).not.toHaveBeenCalled();
  });

  it('know a record by system, installation, type and number together', async () => {
    const people = [
      { record },
      { record: { ...record, tenant: 'crm.elsewhere.example' } },
      { record: { ...record, type: 'res.partner' } },
      { record: { system: 'odoo', type: 'crm.lead', id: '42' } },
    ];
    expect(await matchBadges({ site: 'odoo', people })).toEqual([MQL, null, null, null]);
  });

  it.each<[string, Partial<Settings>]>([
    ['badges are switched off', { badges: false }],
    ['everything is paused', { pausedUntil: new Date(Date.now() + 60_000).toISOString() }],
    ['the site is switched off', { sitesOff: ['gmail'] }],
    ['the user never wants to know', { never: ['customer.example'] }],
    ['the address is the user’s own', { mailboxes: ['lead@customer.example'] }],
  ])('are for nobody while %s', async (_, settings) => {
    await change(settings);
    expect(await matchBadges(mail)).toEqual([null, null, null]);
  });

  it('are for nobody in a private mailbox, in an unknown one, or without a hub', async () => {
    expect(await matchBadges({ ...mail, account: 'alex@private.example' })).toEqual([null, null, null]);
    expect(await matchBadges({ ...mail, account: undefined })).toEqual([null, null, null]);
    await connectionItem.set(null);
    expect(await matchBadges(mail)).toEqual([null, null, null]);
  });

  it('are for no colleague, though the record is known', async () => {
    const people = [{ record, email: 'somebody@nordlicht.example' }];
    expect(await matchBadges({ site: 'odoo', people })).toEqual([null]);
  });
});

describe('a page with records', () => {
  const place = { tabId: 3, frameId: 0, address: 'https://crm.customer.example/odoo/crm/42' };
  const read = async (...people: { email?: string; record?: typeof record }[]) => {
    await takeReading(place, 'odoo', {
      site: 'odoo',
      view: 'record',
      people: people.map((person, index) => ({ ...person, key: String(index), role: 'record' })),
    });
    return (await tabSessionItem(place.tabId).get())?.leads;
  };

  it('shows whom the record names, whatever address stands beside it', async () => {
    expect(await read({ record, email: 'new@customer.example' })).toMatchObject([
      { key: '0', record, email: 'new@customer.example', stage: 'mql' },
    ]);
  });

  it('goes by the address where nobody knows the record, and then asks for the address', async () => {
    const [found] = (await read({ record: { ...record, id: '43' }, ...lead })) ?? [];
    expect(found).toMatchObject({ email: 'lead@customer.example' });
    expect(found?.record).toBeUndefined();
  });

  it('shows one person once', async () => {
    expect(await read({ record }, { record }, lead, lead)).toHaveLength(2);
  });
});
