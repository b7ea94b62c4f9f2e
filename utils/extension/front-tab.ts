import { browser } from 'wxt/browser';

export interface FrontTab {
  tabId: number;
  /** All tabs of the window. */
  present: number[];
}

/**
 * Names the tab in front of the window this page stands beside: now, whenever another comes to the front, and
 * whenever the one in front goes to another page. Returns how to stop.
 */
export function watchFrontTab(changed: (tab: FrontTab) => void): () => void {
  let latest = 0;
  let front: number | undefined;
  const look = async () => {
    const turn = ++latest;
    const tabs = await browser.tabs.query({ currentWindow: true });
    const tabId = tabs.find(({ active }) => active)?.id;
    if (turn !== latest || tabId === undefined) return;
    front = tabId;
    changed({ tabId, present: tabs.flatMap(({ id }) => id ?? []) });
  };
  const activated = () => void look();
  const updated = (tabId: number, { status }: { status?: string | undefined }) => {
    if (tabId === front && status !== undefined) void look();
  };
  browser.tabs.onActivated.addListener(activated);
  browser.tabs.onUpdated.addListener(updated);
  void look();
  return () => {
    latest = -1;
    browser.tabs.onActivated.removeListener(activated);
    browser.tabs.onUpdated.removeListener(updated);
  };
}
