import { browser } from 'wxt/browser';
import type { DockState, Notice } from './messages.ts';

/** Tells every open page of the extension. Nobody listening is fine: pages ask when they open. */
export function notifyPages(notice: Notice): void {
  browser.runtime.sendMessage(notice).catch(() => undefined);
}

/** Tells one tab's content script how its dock looks now. The tab may be gone. */
export function notifyDock(tabId: number, dock: DockState): void {
  const notice: Notice = { notice: 'dock.changed', dock };
  browser.tabs.sendMessage(tabId, notice).catch(() => undefined);
}
