import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { PageReading } from '../../../utils/contract/page-reading.ts';
import { connectionItem, settingsItem, tabSessionItem } from '../../../utils/extension/storage.ts';
import {
  changeSession,
  noteDrawn,
  type Place,
  presentSession,
  startFrame,
  takeReading,
} from '../../../utils/extension/tab-session.ts';
import { emptyDatabase, signedIn } from '../../support/extension-state.ts';

const TAB = 7;
const ADDRESS = 'https://mail.google.com/mail/u/0/';
const top: Place = { tabId: TAB, frameId: 0, documentId: 'top', address: ADDRESS };
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
    const dock = await takeReading(top, 'gmail', reading('A', ['Lead+tag@Customer.example', 'sender']));
    expect(dock.open).toBe(true);
    expect(await tabSessionItem(TAB).get()).toMatchObject({
      view: 'thread',
      chosen: 'sender:Lead+tag@Customer.example',
      leads: [{ email: 'lead+tag@customer.example', stage: 'mql' }],
    });
  });

  it('asks nobody about people who are no leads', async () => {
    const dock = await takeReading(top, 'gmail', reading('A', ['mother@private.example', 'sender']));
    expect(dock.open).toBe(false);
    expect(network).not.toHaveBeenCalled();
  });

  it('stays dark in a mailbox that is not the workspace’s, until the user names it', async () => {
    const foreign = { ...reading('A', ['lead@customer.example', 'sender']), account: 'alex@private.example' };
    expect((await takeReading(top, 'gmail', foreign)).open).toBe(false);
    await settingsItem.set({ ...(await settingsItem.get()), mailboxes: ['alex@private.example'] });
    expect((await takeReading(top, 'gmail', foreign)).open).toBe(true);
  });

  it('docks nothing where the panel has its place in the browser', async () => {
    await settingsItem.set({ ...(await settingsItem.get()), sidePanel: true });
    const dock = await takeReading(top, 'gmail', reading('A', ['lead@customer.example', 'sender']));
    expect(dock.open).toBe(false);
    expect(await presentSession(TAB)).toMatchObject({ leads: [{ email: 'lead@customer.example' }] });
  });

  it('stays dark when nobody is signed in', async () => {
    await connectionItem.set(null);
    expect((await takeReading(top, 'gmail', reading('A', ['lead@customer.example', 'sender']))).open).toBe(
      false,
    );
  });

  it('keeps what the user chose while the mail stays, and forgets it with the next mail', async () => {
    const two = (view: string) =>
      reading(view, ['lead@customer.example', 'sender'], ['other@customer.example', 'recipient']);
    await takeReading(top, 'gmail', two('A'));
    await changeSession(TAB, (session) => ({ ...session, chosen: 'recipient:other@customer.example' }));
    await takeReading(top, 'gmail', { ...two('A'), view: 'thread', people: [...two('A').people].reverse() });
    expect((await tabSessionItem(TAB).get())?.chosen).toBe('recipient:other@customer.example');
    await takeReading(top, 'gmail', two('B'));
    expect((await tabSessionItem(TAB).get())?.chosen).toBe('sender:lead@customer.example');
  });

  it('takes readings in in order, however fast they come', async () => {
    await Promise.all([
      takeReading(top, 'gmail', reading('A', ['lead@customer.example', 'sender'])),
      takeReading(top, 'gmail', reading('B', ['other@customer.example', 'sender'])),
      takeReading(top, 'gmail', null),
    ]);
    expect(await tabSessionItem(TAB).get()).toMatchObject({ leads: [], chosen: null });
  });

  it('remembers a site’s dock from tab to tab', async () => {
    await takeReading(top, 'gmail', reading('A', ['lead@customer.example', 'sender']));
    await changeSession(TAB, (session) => ({
      ...session,
      dock: { ...session.dock, collapsed: true, width: 420 },
    }));
    const dock = await takeReading(
      { ...top, tabId: TAB + 1 },
      'gmail',
      reading('A', ['lead@customer.example', 'sender']),
    );
    expect(dock).toMatchObject({ open: true, collapsed: true, width: 420 });
  });

  it('keeps a panel out of sight until it has drawn the leads of this very mail', async () => {
    const first = await takeReading(top, 'gmail', reading('A', ['lead@customer.example', 'sender']));
    await noteDrawn(TAB, first.revision);
    const same = await takeReading(top, 'gmail', reading('A', ['lead@customer.example', 'sender']));
    expect(same.drawn).toBe(same.revision);
    const next = await takeReading(top, 'gmail', reading('B', ['other@customer.example', 'sender']));
    expect(next.drawn).not.toBe(next.revision);
    // The report about the mail before comes late.
    await noteDrawn(TAB, first.revision);
    expect((await tabSessionItem(TAB).get())?.dock).toMatchObject({
      revision: next.revision,
      drawn: first.revision,
    });
  });
});

describe('a page with frames', () => {
  const inner: Place = { ...top, frameId: 3, documentId: 'inner' };
  const list: PageReading = { ...reading('L', ['somebody@else.example', 'sender']), view: 'list' };
  const withoutAccount = (viewId: string): PageReading => ({
    ...reading(viewId, ['lead@customer.example', 'sender']),
    account: undefined,
  });
  const shown = async () => (await tabSessionItem(TAB).get())?.leads.map(({ email }) => email);

  it('shows the mail in the frame before the list around it, in the mailbox of the page', async () => {
    await takeReading(top, 'gmail', list);
    await takeReading(inner, 'gmail', withoutAccount('A'));
    expect(await tabSessionItem(TAB).get()).toMatchObject({ view: 'thread', dark: null });
    expect(await shown()).toEqual(['lead@customer.example']);
    // The dock is the top frame's.
    expect(fakeBrowser.tabs.sendMessage).toHaveBeenLastCalledWith(
      TAB,
      { notice: 'dock.changed', dock: expect.objectContaining({ open: true }) as unknown },
      { frameId: 0 },
    );
    await takeReading(inner, 'gmail', null);
    expect(await shown()).toEqual([]);
  });

  it('tells the dock nothing where nothing changes for it: that would unfold a panel without room', async () => {
    await takeReading(top, 'gmail', reading('A', ['lead@customer.example', 'sender']));
    const tell = vi.mocked(fakeBrowser.tabs.sendMessage);
    const told = () =>
      tell.mock.calls.filter(([, notice]) => (notice as { notice?: string }).notice === 'dock.changed')
        .length;
    await noteDrawn(TAB, 1);
    expect(told()).toBe(1);
    await noteDrawn(TAB, 1);
    await takeReading(inner, 'gmail', reading('A', ['lead@customer.example', 'sender']));
    expect((await tabSessionItem(TAB).get())?.frames).toHaveLength(2);
    expect(told()).toBe(1);
    await takeReading(inner, 'gmail', reading('B', ['mother@private.example', 'sender']));
    expect(told()).toBe(2);
  });

  it('stays dark in a frame whose page does not say whose mailbox it is', async () => {
    await takeReading(top, 'gmail', null);
    await takeReading(inner, 'gmail', withoutAccount('A'));
    expect(await tabSessionItem(TAB).get()).toMatchObject({ dark: 'unknown-mailbox', leads: [] });
  });

  it('forgets the frames of a page that was left, and asks those that are still there', async () => {
    await takeReading(top, 'gmail', list);
    await takeReading(inner, 'gmail', withoutAccount('A'));
    await takeReading({ ...top, address: `${ADDRESS}#next` }, 'gmail', null);
    expect(await shown()).toEqual([]);
    expect(fakeBrowser.tabs.sendMessage).toHaveBeenCalledWith(
      TAB,
      { notice: 'page.restart' },
      { frameId: 3 },
    );
    await takeReading(inner, 'gmail', withoutAccount('A'));
    await startFrame({ ...top, documentId: 'another' }, 'gmail', true);
    expect(await shown()).toEqual([]);
  });

  it('forgets a frame that was loaded anew or taken out of the page', async () => {
    await takeReading(top, 'gmail', list);
    await takeReading(inner, 'gmail', withoutAccount('A'));
    await startFrame({ ...inner, documentId: 'another' }, 'gmail', true);
    expect(await shown()).toEqual([]);
    await takeReading(inner, 'gmail', withoutAccount('A'));
    vi.mocked(fakeBrowser.tabs.sendMessage).mockRejectedValue(new Error('Nobody is there'));
    await takeReading(top, 'gmail', { ...list, viewId: 'M' });
    await vi.waitFor(async () => expect(await shown()).toEqual([]));
  });

  it('closes the dock when its site is switched off, and goes on when a script starts over', async () => {
    await takeReading(top, 'gmail', reading('A', ['lead@customer.example', 'sender']));
    await startFrame(top, 'gmail', true);
    expect(await shown()).toEqual(['lead@customer.example']);
    await startFrame(top, 'gmail', false);
    expect(await shown()).toEqual([]);
  });
});

describe('a panel beside all tabs', () => {
  const isThere = vi.spyOn(fakeBrowser.tabs, 'sendMessage');
  const left = () => isThere.mockRejectedValue(new Error('Nobody is there.'));
  const mail = () => takeReading(top, 'gmail', reading('A', ['lead@customer.example', 'sender']));

  it('shows nobody of a page that was left without a word', async () => {
    await mail();
    expect(await presentSession(TAB)).toMatchObject({ leads: [{ email: 'lead@customer.example' }] });
    left();
    expect(await presentSession(TAB)).toBeNull();
    expect(await tabSessionItem(TAB).get()).toBeNull();
  });

  it('shows who was read while it looked whether somebody is there', async () => {
    await mail();
    isThere.mockImplementation(async () => {
      await takeReading(top, 'gmail', reading('B', ['other@customer.example', 'sender']));
      throw new Error('The script of the page before is gone.');
    });
    expect(await presentSession(TAB)).toMatchObject({ leads: [{ email: 'other@customer.example' }] });
  });
});
