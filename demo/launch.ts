import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, chromium, type Page, type Worker } from '@playwright/test';
import { findBrowser } from './find-browser.ts';

/** Fixed by the `key` in the manifest. */
export const EXTENSION_ID = 'ogfcplhhlhpfigliklhffgopgfjeejkd';
export const extensionPage = (page: string) => `chrome-extension://${EXTENSION_ID}/${page}`;

export const EXTENSION_FOLDER = fileURLToPath(new URL('../.output/chrome-mv3', import.meta.url));

export interface LaunchOptions {
  /** Where the browser keeps its profile; '' for a throw-away one. */
  profile: string;
  headless: boolean;
  language?: 'en' | 'de';
  colorScheme?: 'light' | 'dark';
  extensionFolder?: string;
  /** Leaves the page open that a new extension opens; else it is closed, as by somebody who knows Tandem. */
  welcome?: boolean;
}

/** A Chromium with the built extension in it, its interface in the given language. */
export async function launch(options: LaunchOptions): Promise<BrowserContext> {
  const { profile, headless, language = 'en', colorScheme = null } = options;
  const folder = options.extensionFolder ?? EXTENSION_FOLDER;
  const isNew = profile === '' || !existsSync(join(profile, 'Default'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: await findBrowser(),
    headless,
    colorScheme,
    viewport: headless ? { width: 1280, height: 800 } : null,
    locale: language,
    env: { ...(process.env as Record<string, string>), LANGUAGE: language },
    args: [
      `--disable-extensions-except=${folder}`,
      `--load-extension=${folder}`,
      `--lang=${language}`,
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // As root, and in most containers, Chromium's sandbox cannot start.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
  await background(context);
  // Waited for: a tab that opens later would lie over the test's own.
  if (isNew && !options.welcome) await (await welcomePage(context)).close();
  return context;
}

/** The page that the extension opens when it has been installed. */
export async function welcomePage(context: BrowserContext): Promise<Page> {
  // A new browser has one page, and nothing else opens another.
  const page = context.pages()[1] ?? (await context.waitForEvent('page'));
  // Asked of the page itself: of one that somebody else opens, Playwright has missed where it went.
  await page.waitForFunction(
    (url) => location.href === url && document.readyState === 'complete',
    extensionPage('welcome.html'),
  );
  return page;
}

/** The extension's service worker, once it runs. */
export async function background(context: BrowserContext): Promise<Worker> {
  return context.serviceWorkers()[0] ?? context.waitForEvent('serviceworker');
}

/** Connects the extension to a hub as a user does: on the options page, with a one-time code. */
export async function connect(context: BrowserContext, hubUrl: string, code: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(extensionPage('options.html'));
  await page.locator('[name=hubUrl]').fill(hubUrl);
  await page.locator('[name=code]').fill(code);
  await page.locator('[name=code]').press('Enter');
  await page.locator('[data-connected=true]').waitFor();
  await page.close();
}
