import { beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { addToOutbox } from '../../../utils/extension/outbox.ts';
import { Settings } from '../../../utils/extension/messages.ts';
import { enabledSitesItem, settingsItem } from '../../../utils/extension/storage.ts';
import { supportReport } from '../../../utils/extension/support-report.ts';
import { emptyDatabase, HUB_URL, signedIn, USER_ID } from '../../support/extension-state.ts';

beforeEach(async () => {
  await emptyDatabase();
  Object.assign(fakeBrowser.runtime, {
    getManifest: () => ({ version: '1.2.3', manifest_version: 3 }),
  });
  fakeBrowser.permissions.contains = () => Promise.resolve(false);
  fakeBrowser.i18n.getUILanguage = () => 'en';
});

it('tells what helps, and no address, token or page', async () => {
  await signedIn('lena@hafen.example');
  await settingsItem.set(
    Settings.parse({ mailboxes: ['me@private.example'], never: ['secret.example'], language: 'de' }),
  );
  await enabledSitesItem.set([
    {
      id: 'odoo:crm.nordlicht.example',
      site: 'odoo',
      patterns: ['https://crm.nordlicht.example/*'],
      granted: true,
    },
  ]);
  await addToOutbox({
    id: USER_ID,
    write: {
      kind: 'follow-up',
      body: {
        id: USER_ID,
        person: { email: 'lena@hafen.example' },
        at: '2026-11-20T09:00:00.000Z',
        seen: 'mail',
        direction: 'outbound',
      },
    },
  });
  const report = await supportReport();
  expect(report).toMatchObject({
    version: '1.2.3',
    hub: { encrypted: false, signedIn: true, by: 'code', role: 'rep' },
    outbox: { 'waiting follow-up': 1 },
    settings: { mailboxes: 1, never: 1, language: 'de' },
    sites: [{ site: 'odoo', origins: 1, granted: true, picked: false }],
  });
  const text = JSON.stringify(report);
  for (const secret of ['@', '.example', 'tdm_', new URL(HUB_URL).host, 'Winter', 'Nordlicht'])
    expect(text).not.toContain(secret);
});
