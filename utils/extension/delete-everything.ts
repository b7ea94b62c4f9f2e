import { browser } from 'wxt/browser';
import { signOut } from './connection.ts';
import { deleteDatabases } from './database.ts';
import { forgetIndex } from './lead-index.ts';
import { restartLive } from './live.ts';
import { askToLeave, notifyPages } from './notify.ts';
import { placePanel } from './side-panel.ts';
import { reconcile } from './site-scripts.ts';
import { enabledSitesItem, forgetItems, tabSessionItem } from './storage.ts';
import { endSession } from './tab-session.ts';
import { showSwitchedOff } from './toolbar.ts';
import { refreshToolbar } from './waiting.ts';

/**
 * Signs out at the hub, as far as it answers, and leaves nothing of ours on this computer: no data, alarm, script
 * or permission that was not there when the extension was installed. What the hub knows stays there.
 */
export async function deleteEverything(): Promise<void> {
  await signOut();
  restartLive();
  await leavePages();
  await enabledSitesItem.set([]);
  await reconcile();
  await giveBackPermissions();
  // A delivery that is under way would write of itself again.
  await navigator.locks.request('outbox', deleteDatabases);
  for (const name of await caches.keys()) await caches.delete(name);
  await placePanel(false);
  await browser.alarms.clearAll();
  const { local, session, sync } = browser.storage;
  await Promise.all([local, session, sync].map((area) => area.clear()));
  forgetItems();
  forgetIndex();
  await refreshToolbar();
  for (const notice of ['connection.changed', 'settings.changed', 'sites.changed'] as const)
    notifyPages({ notice });
}

/** Docks and marks go from every page, and nothing is read there until it is loaded anew. */
async function leavePages(): Promise<void> {
  for (const { id } of await browser.tabs.query({})) {
    const session = id === undefined ? null : await tabSessionItem(id).get();
    if (id === undefined || session === null) continue;
    const sites = new Set(session.frames.map(({ site }) => site));
    await Promise.all([...sites].map((site) => askToLeave(id, site)));
    await endSession(id);
    await showSwitchedOff(id, false);
  }
}

/** One by one: the browser refuses to take back what the manifest requires, and then the others with it. */
async function giveBackPermissions(): Promise<void> {
  const { origins = [], permissions = [] } = await browser.permissions.getAll();
  const each = [
    ...origins.map((origin) => ({ origins: [origin] })),
    ...permissions.map((name) => ({ permissions: [name] })),
  ];
  for (const one of each) await browser.permissions.remove(one).catch(() => undefined);
}
