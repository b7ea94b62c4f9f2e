import type { BrowserContext, Frame, Page } from '@playwright/test';

/** The panel's frame, once the content script has docked it. It sits in a closed shadow root. */
export async function panelOf(page: Page): Promise<Frame> {
  return findPanel(page) ?? page.waitForEvent('framenavigated', isPanel);
}

const isPanel = (frame: Frame) => frame.url().endsWith('/panel.html');
const findPanel = (page: Page) => page.frames().find(isPanel);

/** Whether the page shows the panel now. */
export async function panelShows(page: Page): Promise<boolean> {
  const frame = findPanel(page);
  if (frame === undefined) return false;
  const element = await frame.frameElement();
  return (await element.boundingBox()) !== null;
}

/** Waits until the panel shows a lead's context, and returns it. */
export async function panelWithContext(page: Page, name?: string): Promise<Frame> {
  const panel = await panelOf(page);
  const ready = panel.locator('[data-state="ready"]');
  await (name === undefined ? ready : ready.filter({ hasText: name })).waitFor();
  // The first screen is drawn first; the sources are the last of the rest.
  await panel.locator('footer').waitFor({ state: 'attached' });
  return panel;
}

/** Serves a page of the project's own at Gmail's address, and opens it. */
export async function openGmail(
  context: BrowserContext,
  respond: (path: string) => {
    status: number;
    contentType: string;
    body: string;
    headers?: Record<string, string>;
  },
  hash = '#inbox',
): Promise<Page> {
  await context.route('https://mail.google.com/**', (route) => {
    const { contentType, headers, ...answer } = respond(new URL(route.request().url()).pathname);
    return route.fulfill({ ...answer, headers: { ...headers, 'content-type': contentType } });
  });
  const page = await context.newPage();
  await page.goto(`https://mail.google.com/mail/u/0/${hash}`);
  return page;
}
