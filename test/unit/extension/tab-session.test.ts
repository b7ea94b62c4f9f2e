import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { PageReading } from '../../../utils/contract/page-reading.ts';
import { connectionItem, settingsItem, tabSessionItem } from '../../../utils/extension/storage.ts';
import { changeSession, noteDrawn, takeReading } from '../../../utils/extension/tab-session.ts';
import { emptyDatabase, signedIn } from '../../support/extension-state.ts';

const TAB = 7;
const reading = (viewId: string, ...people: [string, 'sender' | 'recipient'][]): PageReading => ({
  site: 'gmail',
  view: 'thread',
  viewId,
  account: 'alex.winter@nordlicht.example',
  people: people.map(([email, role]) => ({ key: `${role}:${email}`, email, role })),
});
const network = vi.fn(() => Promise.reject(new TypeError('no network in this test')));

beforeEach(async () => {
  await emptyDatabase();
  await signedIn('lead@customer.example', 'other@customer.example');
  vi.spyOn(fakeBrowser.tabs, 'sendMessage').mockResolvedValue(undefined);
  network.mockClear();
  vi.stubGlobal('fetch', network);
});

describe('taking a reading', () => {
  it('docks for a lead and chooses the only one', async () => {
    const dock = await takeReading(TAB, 'gmail', reading('A', ['Lead+tag@Customer.example', 'sender']));
    expect(dock.open).toBe(true);
    expect(await tabSessionItem(TAB).get()).toMatchObject({
      view: 'thread',
      chosen: 'sender:Lead+tag@Customer.example',
      leads: [{ email: 'lead+tag@customer.example', stage: 'mql' }],
    });
  });

  it('asks nobody about people who are no leads', async () => {
    const dock = await takeReading(TAB, 'gmail', reading('A', ['mother@private.example', 'sender']));
    expect(dock.open).toBe(false);
    expect(network).not.toHaveBeenCalled();
  });

  it('stays dark in a mailbox that is not the workspace’s, until the user names it', async () => {
    const foreign = { ...reading('A', ['lead@customer.example', 'sender']), account: 'alex@private.example' };
    expect((await takeReading(TAB, 'gmail', foreign)).open).toBe(false);
    await settingsItem.set({ mailboxes: ['alex@private.example'], never: [], noticeSentMail: true });
    expect((await takeReading(TAB, 'gmail', foreign)).open).toBe(true);
  });

  it('stays dark when nobody is signed in', async () => {
    await connectionItem.set(null);
    expect((await takeReading(TAB, 'gmail', reading('A', ['lead@customer.example', 'sender']))).open).toBe(
      false,
    );
  });

  it('keeps what the user chose while the mail stays, and forgets it with the next mail', async () => {
    const two = (view: string) =>
      reading(view, ['lead@customer.example', 'sender'], ['other@customer.example', 'recipient']);
    await takeReading(TAB, 'gmail', two('A'));
    await changeSession(TAB, (session) => ({ ...session, chosen: 'recipient:other@customer.example' }));
    await takeReading(TAB, 'gmail', { ...two('A'), view: 'thread', people: [...two('A').people].reverse() });
    expect((await tabSessionItem(TAB).get())?.chosen).toBe('recipient:other@customer.example');
    await takeReading(TAB, 'gmail', two('B'));
    expect((await tabSessionItem(TAB).get())?.chosen).toBe('sender:lead@customer.example');
  });

  it('takes readings in in order, however fast they come', async () => {
    await Promise.all([
      takeReading(TAB, 'gmail', reading('A', ['lead@customer.example', 'sender'])),
      takeReading(TAB, 'gmail', reading('B', ['other@customer.example', 'sender'])),
      takeReading(TAB, 'gmail', null),
    ]);
    expect(await tabSessionItem(TAB).get()).toMatchObject({ leads: [], chosen: null });
  });

  it('remembers a site’s dock from tab to tab', async () => {
    await takeReading(TAB, 'gmail', reading('A', ['lead@customer.example', 'sender']));
    await changeSession(TAB, (session) => ({
      ...session,
      dock: { ...session.dock, collapsed: true, width: 420 },
    }));
    const dock = await takeReading(TAB + 1, 'gmail', reading('A', ['lead@customer.example', 'sender']));
    expect(dock).toMatchObject({ open: true, collapsed: true, width: 420 });
  });

  it('keeps a panel out of sight until it has drawn the leads of this very mail', async () => {
    const first = await takeReading(TAB, 'gmail', reading('A', ['lead@customer.example', 'sender']));
    await noteDrawn(TAB, first.revision);
    const same = await takeReading(TAB, 'gmail', reading('A', ['lead@customer.example', 'sender']));
    expect(same.drawn).toBe(same.revision);
    const next = await takeReading(TAB, 'gmail', reading('B', ['other@customer.example', 'sender']));
    expect(next.drawn).not.toBe(next.revision);
    // The report about the mail before comes late.
    await noteDrawn(TAB, first.revision);
    expect((await tabSessionItem(TAB).get())?.dock).toMatchObject({
      revision: next.revision,
      drawn: first.revision,
    });
  });
});
