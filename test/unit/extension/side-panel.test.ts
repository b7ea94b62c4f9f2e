import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { placePanel, restoreSidePanel, toggleSidePanel } from '../../../utils/extension/side-panel.ts';
import { forgetItems, settingsItem } from '../../../utils/extension/storage.ts';

const TAB = 7;
const WINDOW = 3;
const choose = async (sidePanel: boolean) => {
  await settingsItem.set({ ...(await settingsItem.get()), sidePanel });
  await placePanel(sidePanel);
};
const told = vi.fn();

beforeEach(() => {
  forgetItems();
  told.mockReset();
  vi.spyOn(fakeBrowser.runtime, 'sendMessage').mockImplementation((notice: unknown) => {
    told(notice);
    return Promise.resolve();
  });
});
afterEach(() => vi.unstubAllEnvs());

describe('in Chrome', () => {
  let enabled = true;
  beforeEach(() => {
    Object.assign(fakeBrowser, {
      sidePanel: {
        setOptions: (options: { enabled: boolean }) => {
          ({ enabled } = options);
          return Promise.resolve();
        },
        open: () => (enabled ? Promise.resolve() : Promise.reject(new Error('No active side panel'))),
      },
    });
  });

  it('the shortcut is the dock’s until the user chooses the side panel', async () => {
    await restoreSidePanel();
    expect(await toggleSidePanel(TAB, WINDOW)).toBe(false);
    await choose(true);
    expect(await toggleSidePanel(TAB, WINDOW)).toBe(true);
    expect(told).toHaveBeenLastCalledWith({ notice: 'side-panel.close', windowId: WINDOW });
    await choose(false);
    expect(await toggleSidePanel(TAB, WINDOW)).toBe(false);
  });
});

describe('in Firefox', () => {
  it('the keys the user has chosen go to the sidebar and back', async () => {
    vi.stubEnv('BROWSER', 'firefox');
    const keys = new Map([
      ['toggle-panel', 'Ctrl+Alt+K'],
      ['_execute_sidebar_action', ''],
    ]);
    Object.assign(fakeBrowser.commands, {
      getAll: () => Promise.resolve([...keys].map(([name, shortcut]) => ({ name, shortcut }))),
      update: ({ name, shortcut }: { name: string; shortcut: string }) => {
        keys.set(name, shortcut);
        return Promise.resolve();
      },
    });
    const before = new Map(keys);
    await choose(true);
    expect([...keys.values()]).toEqual(['', 'Ctrl+Alt+K']);
    await restoreSidePanel();
    expect([...keys.values()]).toEqual(['', 'Ctrl+Alt+K']);
    expect(await toggleSidePanel(TAB, WINDOW)).toBe(false);
    await choose(false);
    expect(keys).toEqual(before);
  });
});
