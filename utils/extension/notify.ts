import { browser } from 'wxt/browser';
import type { DockState, Notice } from './messages.ts';

/** Tells every open page of the extension. Nobody listening is fine: pages ask when they open. */
export function notifyPages(notice: Notice): void {
  browser.runtime.sendMessage(notice).catch(() => undefined);
  if (import.meta.env.BROWSER === 'firefox') void notifyDocked(notice);
}

/** Firefox takes a panel in a web page for a part of its tab, and gives it what is sent to the tab alone (153). */
async function notifyDocked(notice: Notice): Promise<void> {
  const tabs = 'tabId' in notice ? [{ id: notice.tabId }] : await browser.tabs.query({});
  for (const { id } of tabs)
    if (id !== undefined) browser.tabs.sendMessage(id, notice).catch(() => undefined);
}

/** Tells the script in a tab's top frame how its dock looks now. The tab may be gone. */
export function notifyDock(tabId: number, dock: DockState): void {
  const notice: Notice = { notice: 'dock.changed', dock };
  browser.tabs.sendMessage(tabId, notice, { frameId: 0 }).catch(() => undefined);
}

/** Lets the scripts of a tab, or of one of its frames, ask anew what holds for them and report anew. */
export async function askToRestart(tabId: number, frameId?: number): Promise<void> {
  const notice: Notice = { notice: 'page.restart' };
  await browser.tabs
    .sendMessage(tabId, notice, frameId === undefined ? {} : { frameId })
    .catch(() => undefined);
}

/** The same for all tabs: settings, selectors or the lead index have changed. */
export async function askAllToRestart(): Promise<void> {
  const tabs = await browser.tabs.query({});
  await Promise.all(tabs.flatMap(({ id }) => (id === undefined ? [] : [askToRestart(id)])));
}

/** Lets the scripts of a site leave a tab for good. */
export async function askToLeave(tabId: number, site: string): Promise<void> {
  const notice: Notice = { notice: 'page.leave', site };
  await browser.tabs.sendMessage(tabId, notice).catch(() => undefined);
}

/** Whether a script of ours listens in this frame. */
export const isThere = (tabId: number, frameId: number): Promise<boolean> =>
  // Nobody minds a notice without a name.
  browser.tabs.sendMessage(tabId, {}, { frameId }).then(
    () => true,
    () => false,
  );
