import { browser } from 'wxt/browser';
import { notifyPages } from './notify.ts';
import { openSidePanel } from './open-side-panel.ts';
import { settingsItem } from './storage.ts';

const OURS = 'toggle-panel';
/** Firefox opens and closes its sidebar itself on a command of this name. */
const FIREFOXES = '_execute_sidebar_action';

/** Gives the panel's shortcut to the browser's side panel, or back to the dock. */
export async function placePanel(sidePanel: boolean): Promise<void> {
  if (import.meta.env.BROWSER !== 'firefox')
    await browser.sidePanel.setOptions({ path: 'sidepanel.html', enabled: sidePanel });
  else if (sidePanel) await moveShortcut(OURS, FIREFOXES);
  else await moveShortcut(FIREFOXES, OURS);
}

/** Chrome starts with what the manifest says; Firefox keeps whose keys they are, and the user may change it. */
export async function restoreSidePanel(): Promise<void> {
  if (import.meta.env.BROWSER !== 'firefox') await placePanel((await settingsItem.get()).sidePanel);
}

/** Whatever keys the user has chosen for one command become those of the other. Firefox only. */
async function moveShortcut(from: string, to: string): Promise<void> {
  // The types know Chrome, where only the user can change keys.
  const commands = browser.commands as typeof browser.commands & {
    update(change: { name: string; shortcut: string }): Promise<void>;
  };
  const shortcut = (await commands.getAll()).find(({ name }) => name === from)?.shortcut;
  if (!shortcut) return;
  await commands.update({ name: from, shortcut: '' });
  await commands.update({ name: to, shortcut });
}

/**
 * Opens or closes Chrome's side panel beside a tab; false where the user has not chosen it. Chrome opens it only
 * before anything is awaited, so it is asked at once; it refuses while the panel is switched off.
 */
export function toggleSidePanel(tabId: number, windowId: number): Promise<boolean> {
  if (import.meta.env.BROWSER === 'firefox') return Promise.resolve(false);
  const opened = openSidePanel(tabId).then(
    () => true,
    () => false,
  );
  // Only one that was open before has loaded, and hears this. Chrome does not say in which window one is (154).
  notifyPages({ notice: 'side-panel.close', windowId });
  return opened;
}
