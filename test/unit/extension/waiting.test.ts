import { beforeEach, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import type { FeedbackGroups } from '../../../utils/contract/inbox.ts';
import { connectionItem, settingsItem } from '../../../utils/extension/storage.ts';
import { refreshToolbar, refreshWaiting } from '../../../utils/extension/waiting.ts';
import { marketer, rep } from '../../fixtures/lead-context.ts';
import { HUB_URL, signedIn } from '../../support/extension-state.ts';

const badge = { text: '', title: '' };
let open = 0;
let asked = 0;

beforeEach(async () => {
  await signedIn();
  await settingsItem.set({ ...(await settingsItem.get()), pausedUntil: null });
  open = 0;
  asked = 0;
  vi.spyOn(browser.action, 'setBadgeBackgroundColor').mockResolvedValue();
  vi.spyOn(browser.action, 'setBadgeText').mockImplementation(({ text }) => {
    badge.text = text ?? '';
    return Promise.resolve() as never;
  });
  vi.spyOn(browser.action, 'setTitle').mockImplementation(({ title }) => {
    badge.title = title;
    return Promise.resolve() as never;
  });
  vi.stubGlobal('fetch', () => {
    asked += 1;
    const groups: FeedbackGroups = {
      totals: { open, overdue: 0, asked: 0, praise: 0 },
      campaigns: [],
      reasons: [],
    };
    return Promise.resolve(Response.json(groups));
  });
});

const signInAs = (me: typeof rep) => connectionItem.set({ hubUrl: HUB_URL, token: 'token', me });

it('counts for marketing what waits for an answer, and says so in words', async () => {
  await signInAs(marketer);
  open = 12;
  await refreshWaiting();
  expect(badge).toEqual({ text: '12', title: 'extension_name · toolbar_waiting 12' });
  open = 250;
  await refreshWaiting();
  expect(badge.text).toBe('99+');
  open = 0;
  await refreshWaiting();
  expect(badge).toEqual({ text: '', title: 'extension_name' });
});

it('shows sales nothing, and asks for nothing', async () => {
  await signInAs(rep);
  open = 12;
  await refreshWaiting();
  expect({ badge, asked }).toEqual({ badge: { text: '', title: 'extension_name' }, asked: 0 });
});

it('shows a pause before anything else, and the number again after it', async () => {
  await signInAs(marketer);
  open = 3;
  await refreshWaiting();
  await settingsItem.set({
    ...(await settingsItem.get()),
    pausedUntil: new Date(Date.now() + 60_000).toISOString(),
  });
  await refreshToolbar();
  expect(badge).toEqual({ text: '❚❚', title: 'extension_name · toolbar_paused' });
  await settingsItem.set({ ...(await settingsItem.get()), pausedUntil: null });
  await refreshToolbar();
  expect(badge.text).toBe('3');
});

it('keeps the last number while the hub is away, and none after signing out', async () => {
  await signInAs(marketer);
  open = 3;
  await refreshWaiting();
  vi.stubGlobal('fetch', () => Promise.reject(new Error('away')));
  await refreshWaiting();
  expect(badge.text).toBe('3');
  await connectionItem.remove();
  await refreshWaiting();
  expect(badge.text).toBe('');
});
