import { browser } from 'wxt/browser';
import { onNotice } from './send-message.ts';

/** What Firefox has in place of `sidePanel`; the types know Chrome. */
const { sidebarAction } = browser as unknown as { sidebarAction: { open(): Promise<void> } };

/** Opens the browser's side panel beside a tab. Only in a click, and before anything is awaited. */
export const openSidePanel = (tabId: number): Promise<void> =>
  import.meta.env.BROWSER === 'firefox' ? sidebarAction.open() : browser.sidePanel.open({ tabId });

/** Lets this side panel close itself when the background says so: Chrome has no call for that before 141. */
export function closeWhenTold(): void {
  onNotice((notice) => {
    if (notice.notice !== 'side-panel.close') return;
    void browser.windows.getCurrent().then(({ id }) => {
      if (id === notice.windowId) window.close();
    });
  });
}
