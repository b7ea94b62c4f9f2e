import { openDB } from 'idb';
import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';

// What the version before has stored must be readable, or made so.
beforeEach(() => vi.resetModules());

it('keeps the user signed in, and the settings', async () => {
  const user = { id: '01990000-0000-7000-8000-000000000001', name: 'Lena', email: 'lena@a.example' };
  const workspace = { id: user.id, name: 'Nordlicht', domains: [] };
  await fakeBrowser.storage.local.set({
    connection: { hubUrl: 'http://hub.test', token: 't', me: { user: { ...user, role: 'rep' }, workspace } },
    connection$: { v: 1 },
    settings: { mailboxes: ['me@b.example'], never: ['c.example'] },
    settings$: { v: 1 },
  });
  const { connectionItem, settingsItem } = await import('../../../utils/extension/storage.ts');
  expect((await connectionItem.get())?.me.user).toEqual({ ...user, role: 'rep', team: 'sales' });
  expect(await settingsItem.get()).toEqual({
    mailboxes: ['me@b.example'],
    never: ['c.example'],
    noticeSentMail: true,
    badges: true,
    pausedUntil: null,
    sitesOff: [],
    language: 'system',
    notify: {
      on: false,
      kinds: ['clock-at-risk', 'answered', 'came-back'],
      quiet: { from: '19:00', to: '07:00' },
      perDay: 5,
      names: true,
    },
    dock: { side: 'right', width: 360, density: 'comfortable' },
    sidePanel: false,
  });
});

it('keeps clicks that wait, and forgets copies of an older shape', async () => {
  const before = await openDB('tandem', 1, {
    upgrade(db) {
      const contexts = db.createObjectStore('contexts', { keyPath: 'email' });
      contexts.createIndex('receivedAt', 'receivedAt');
      contexts.createIndex('personId', 'personId');
      db.createObjectStore('outbox', { keyPath: 'id' }).createIndex('savedAt', 'savedAt');
      db.createObjectStore('receipts', { keyPath: 'id' }).createIndex('deliveredAt', 'deliveredAt');
      db.createObjectStore('single');
    },
  });
  await before.put('contexts', { email: 'a@b.example', personId: 'p', receivedAt: 'now' });
  await before.put('single', { version: 1 }, 'agreement');
  await before.put('single', { keyId: 'k' }, 'lead-index');
  await before.put('outbox', { id: 'one', savedAt: 'now' });
  before.close();

  const { database } = await import('../../../utils/extension/database.ts');
  const db = await database();
  expect(await db.count('contexts')).toBe(0);
  expect(await db.count('single')).toBe(0);
  expect(await db.getAllKeys('outbox')).toEqual(['one']);
});
