import { browser } from 'wxt/browser';
import { restartLive } from './live.ts';
import type { Settings } from './messages.ts';
import { askAllToRestart, notifyPages } from './notify.ts';
import { tellNews } from './news.ts';
import { placePanel } from './side-panel.ts';
import { dockItem, newsItem, settingsItem } from './storage.ts';
import { refreshToolbar } from './waiting.ts';

/** The alarm that ends a pause. */
export const PAUSE_ALARM = 'pause';

/** Keeps the user's settings; every open page is judged by them anew. */
export async function saveSettings(settings: Settings): Promise<void> {
  const before = await settingsItem.get();
  const { width } = settings.dock;
  // Whoever chooses a width wants to see it, also where the panel was dragged to another one.
  if (width !== before.dock.width) {
    const sites = Object.entries(await dockItem.get());
    await dockItem.set(Object.fromEntries(sites.map(([site, dock]) => [site, { ...dock, width }])));
  }
  // What happened before somebody wanted to be told is no news.
  if (settings.notify.on && !before.notify.on) await newsItem.remove();
  await settingsItem.set(settings);
  if (settings.notify.on) void tellNews();
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
