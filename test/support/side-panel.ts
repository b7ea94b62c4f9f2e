import type { BrowserContext, Page } from '@playwright/test';
import { extensionPage } from '../../demo/launch.ts';
import { ask, extensionPageOf } from './granted-extension.ts';

/** The part of the browser's interface that the stand-in uses. */
interface Chrome {
  runtime: {
    sendMessage(message: { name?: string; notice?: string; windowId?: number }): Promise<unknown>;
    getContexts(filter: { contextTypes: string[] }): Promise<{ documentUrl: string }[]>;
  };
  sidePanel: { open(options: { tabId: number }): Promise<void> };
  tabs: {
    getCurrent(): Promise<{ id: number; windowId: number }>;
    query(filter: {
      currentWindow?: boolean;
      active?: boolean;
      windowId?: number;
    }): Promise<{ id: number }[]>;
    update(tabId: number, change: { active: true }): Promise<unknown>;
  };
  windows: {
    getLastFocused(): Promise<{ id: number }>;
    create(window: { url: string; type: 'popup' }): Promise<unknown>;
  };
}
interface Scope {
  chrome: Chrome;
  /** While set, the side panel's questions who is in a tab wait for it. */
  held?: Promise<void>;
}

/** Has the panel shown in the browser's side panel, as a user does in the settings. */
export async function chooseSidePanel(context: BrowserContext, sidePanel: boolean): Promise<void> {
  const options = await extensionPageOf(context);
  await ask(options, 'settings.set', { ...(await ask(options, 'settings.get')), sidePanel });
  await options.close();
}

/**
 * The side panel's page in a window of its own: Playwright sees no side panel. Of the browser only the one answer
 * is changed that depends on where the page stands: the window it takes for its own is that of the other tabs.
 */
export async function openSidePanelBeside(context: BrowserContext) {
  const options = await extensionPageOf(context);
  const windowId = await options.evaluate(async () => {
    const { chrome } = globalThis as unknown as Scope;
    return (await chrome.windows.getLastFocused()).id;
  });
  await context.addInitScript((windowId) => {
    if (location.pathname !== '/sidepanel.html') return;
    const scope = globalThis as unknown as Scope;
    const { runtime, tabs } = scope.chrome;
    const query = tabs.query.bind(tabs);
    tabs.query = ({ currentWindow, ...filter }) => query(currentWindow ? { ...filter, windowId } : filter);
    const send = runtime.sendMessage.bind(runtime);
    runtime.sendMessage = async (message) => {
      if (message.name === 'panel.session') await scope.held;
      return send(message);
    };
  }, windowId);
  const opened = context.waitForEvent('page');
  await options.evaluate(
    (url) => (globalThis as unknown as Scope).chrome.windows.create({ url, type: 'popup' }),
    extensionPage('sidepanel.html'),
  );
  const page = await opened;
  await options.close();
  return {
    page,
    /** The tab that is in front now. */
    frontTab: () =>
      page.evaluate(async () => {
        const { chrome } = globalThis as unknown as Scope;
        return (await chrome.tabs.query({ currentWindow: true, active: true }))[0]!.id;
      }),
    /** Brings a tab to the front, as a click on it does. */
    bringToFront: (tabId: number) =>
      page.evaluate(
        (tabId) => (globalThis as unknown as Scope).chrome.tabs.update(tabId, { active: true }),
        tabId,
      ),
    /** Lets the background's answers wait; returns what lets them through. */
    hold: async () => {
      const release = await page.evaluateHandle(() => {
        let release = () => {};
        (globalThis as unknown as Scope).held = new Promise((done) => {
          release = done;
        });
        return release;
      });
      return () => release.evaluate((letThrough) => letThrough());
    },
  };
}

/** The page of the tab in front, as far as it can be seen. */
export const shownIn = (panel: Page) => panel.locator('#root > [data-state]:visible');

/** Clicks on a page of the extension to open the browser's own side panel; throws with what the browser says. */
export async function openSidePanelByClick(page: Page): Promise<void> {
  const result = page.evaluate(async () => {
    const { chrome } = globalThis as unknown as Scope;
    const { id } = await chrome.tabs.getCurrent();
    await new Promise<void>((resolve, reject) => {
      const open = () => chrome.sidePanel.open({ tabId: id }).then(resolve, reject);
      document.addEventListener('click', () => void open(), { once: true });
      document.body.dataset['waits'] = '';
    });
    delete document.body.dataset['waits'];
  });
  const clicked = page.locator('body[data-waits] h1').click();
  await Promise.all([result, clicked]);
}

/** The pages in side panels of the browser. */
export const sidePanelsOpen = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const { runtime } = (globalThis as unknown as Scope).chrome;
    const contexts = await runtime.getContexts({ contextTypes: ['SIDE_PANEL'] });
    return contexts.map(({ documentUrl }) => documentUrl);
  });

/** What the background says to the side panel of a page's window when the shortcut is pressed. */
export const tellSidePanelToClose = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const { runtime, tabs } = (globalThis as unknown as Scope).chrome;
    const { windowId } = await tabs.getCurrent();
    await runtime.sendMessage({ notice: 'side-panel.close', windowId }).catch(() => undefined);
  });
