import { browser } from 'wxt/browser';
import { restartLive } from './live.ts';
import type { Settings } from './messages.ts';
import { askAllToRestart, notifyPages } from './notify.ts';
import { placePanel } from './side-panel.ts';
import { settingsItem } from './storage.ts';
import { refreshToolbar } from './waiting.ts';

/** The alarm that ends a pause. */
export const PAUSE_ALARM = 'pause';

/** Keeps the user's settings; every open page is judged by them anew. */
export async function saveSettings(settings: Settings): Promise<void> {
  const before = await settingsItem.get();
  await settingsItem.set(settings);
  if (settings.sidePanel !== before.sidePanel) await placePanel(settings.sidePanel);
  if (settings.pausedUntil !== null) {
    await browser.alarms.create(PAUSE_ALARM, { when: Date.parse(settings.pausedUntil) });
  } else await browser.alarms.clear(PAUSE_ALARM);
  await rulesChanged();
}

/** Lets every open page, and the toolbar button, follow the rules as they are now. */
export async function rulesChanged(): Promise<void> {
  notifyPages({ notice: 'settings.changed' });
  restartLive();
  await refreshToolbar();
  await askAllToRestart();
}
