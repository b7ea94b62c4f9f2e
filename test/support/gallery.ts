import { extname } from 'node:path';
import { type BrowserContext, type Page, test as base } from '@playwright/test';
import { build, type Rolldown } from 'vite';
import { findBrowser } from '../../demo/find-browser.ts';

export { expect } from '@playwright/test';

const ORIGIN = 'https://gallery.example';
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/** The gallery's files by path, kept in memory: nothing to serve, no port to race for. */
async function buildGallery(): Promise<Map<string, string | Uint8Array>> {
  const configFile = new URL('../gallery/vite.config.ts', import.meta.url).pathname;
  const result = (await build({ configFile, build: { write: false } })) as Rolldown.RolldownOutput;
  return new Map(
    result.output.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source]),
  );
}

export interface View {
  state: string;
  language?: 'en' | 'de';
  colorScheme?: 'light' | 'dark';
  width?: number;
  height?: number;
  /** The user's text size, 1 being the browser's own. */
  textSize?: number;
}

/** Pages of their own are wide; the panel is as wide as its dock. */
export const widthOf = (state: string) => (isPage(state) ? 900 : isTab(state) ? 44 : 360);
const isPage = (state: string) =>
  /^(?:inbox|agreement|agenda|campaigns|people|report|import|options|welcome)/u.test(state);
const isTab = (state: string) => state.startsWith('collapsed');

interface Fixtures {
  /** Shows a state of the gallery; fails the test on any error of the page. */
  show: (view: View) => Promise<Page>;
}

interface WorkerFixtures {
  /** Of a CSS pixel in a picture; for `test.use`. */
  scale: number;
  /** The gallery, built once. A page of it keeps nothing, so that the tests' pages can share it. */
  gallery: BrowserContext;
}

/** How every gallery test starts its browser; for `test.use`. */
export const browserOptions = {
  launchOptions: {
    executablePath: await findBrowser(),
    args: [
      // Every page in one process, which has compiled the gallery and axe once: half the time of each test.
      '--process-per-site',
      // As root, and in most containers, Chromium's sandbox cannot start.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  },
};

/** A test that looks at the extension's pages in the gallery. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  scale: [1, { option: true, scope: 'worker' }],
  gallery: [
    async ({ browser, scale }, use) => {
      const files = await buildGallery();
      const context = await browser.newContext({ timezoneId: 'Europe/Berlin', deviceScaleFactor: scale });
      await context.route(`${ORIGIN}/**`, (route) => {
        const { pathname } = new URL(route.request().url());
        const body = files.get(pathname === '/' ? '/index.html' : pathname);
        if (body === undefined) return route.fulfill({ status: pathname === '/favicon.ico' ? 204 : 404 });
        return route.fulfill({
          contentType: TYPES[extname(pathname)] ?? TYPES['.html']!,
          body: typeof body === 'string' ? body : Buffer.from(body),
        });
      });
      // The shared process lives as long as there is a page.
      await (await context.newPage()).goto(`${ORIGIN}/?state=nothing`);
      await use(context);
      await context.close();
    },
    { scope: 'worker' },
  ],
  page: async ({ gallery }, use) => {
    const page = await gallery.newPage();
    await use(page);
    await page.close();
  },
  show: async ({ page }, use) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) errors.push(message.text());
    });
    await use(async (view) => {
      await page.emulateMedia({ colorScheme: view.colorScheme ?? 'light', reducedMotion: 'reduce' });
      await page.setViewportSize({ width: view.width ?? 360, height: view.height ?? 900 });
      await page.goto(`${ORIGIN}/?state=${view.state}&lang=${view.language ?? 'en'}`);
      if (view.textSize !== undefined) await enlargeText(page, view.textSize);
      await page.locator('[data-state], [data-connected], [data-step]').first().waitFor();
      // A lead's first screen is drawn first; its sources are the last of the rest.
      if ((await page.locator('[data-person-id]').count()) > 0)
        await page.locator('footer').waitFor({ state: 'attached' });
      return page;
    });
    if (errors.length > 0) throw new Error(`The page reported: ${errors.join('\n')}`);
  },
});

/** What a user does who sets the browser's text size, 1 being its own. */
export const enlargeText = (page: Page, size: number) =>
  page.addStyleTag({ content: `:root { font-size: ${size * 100}% }` });

/** CSS pixels by which anything sticks out of the page sideways; what scrolls by itself may. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() =>
    Math.max(
      ...[document.documentElement, ...document.querySelectorAll('main')].map(
        (element) => element.scrollWidth - element.clientWidth,
      ),
    ),
  );
