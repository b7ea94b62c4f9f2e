import { fileURLToPath } from 'node:url';
import puppeteer, { type Browser, type Frame, type Page } from 'puppeteer-core';
import { sampleGmail } from '../../demo/sample-gmail/sample-gmail.ts';
import { expect, test as base } from '../support/e2e.ts';

/** Tell Playwright's workers, which inherit the environment, of the browser, or why there is none. */
export const FIREFOX = 'TANDEM_FIREFOX_FOUND';
export const MISSING = 'TANDEM_FIREFOX_MISSING';

const EXTENSION_FOLDER = fileURLToPath(new URL('../../.output/firefox-mv3', import.meta.url));
const GECKO_ID = 'tandem@tandem.example';
/** Firefox makes one up for every installation, unless its settings know one. */
const UUID = '5e0a7b1c-3d2f-4c1a-9b8e-0123456789ab';
const extensionPage = (name: string) => `moz-extension://${UUID}/${name}`;

interface Fixtures {
  /** A Firefox with the extension, connected to `hub` through `wire`. */
  firefox: Browser;
  /** The sample Gmail's inbox in it. */
  mail: Page;
}

/** As in Chromium each test has its own hub, browser and profile; skipped with the reason where there is no Firefox. */
export const test = base.extend<Fixtures>({
  firefox: async ({ hub, wire, api: _first }, use) => {
    // Not passed and not failed; the set-up has said so loudly, and TANDEM_FIREFOX_REQUIRED=1 makes it a failure.
    test.skip(process.env[MISSING] !== undefined, process.env[MISSING]);
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: process.env[FIREFOX]!,
      headless: true,
      extraPrefsFirefox: {
        'extensions.webextensions.uuids': JSON.stringify({ [GECKO_ID]: UUID }),
        'intl.locale.requested': 'en-US',
        // Says "yes" to what the extension asks the user for: nobody can click the browser's own question.
        'extensions.webextOptionalPermissionPrompts': false,
      },
    });
    await browser.installExtension(EXTENSION_FOLDER);
    await connect(browser, wire.url, await hub.nextSignInCode());
    wire.seen.length = 0;
    await use(browser);
    await browser.close();
  },
  mail: async ({ firefox }, use) => {
    await use(await openGmail(firefox));
  },
});

/** Connects the extension to a hub as a user does: on the options page, with a one-time code. */
async function connect(browser: Browser, hubUrl: string, code: string): Promise<void> {
  const page = await openExtensionPage(browser, 'options.html');
  await page.locator('[name=hubUrl]').fill(hubUrl);
  await page.locator('[name=code]').fill(code);
  await page.keyboard.press('Enter');
  await page.locator('[data-connected=true]').wait();
  await page.close();
}

/**
 * A page of the extension in a tab of its own. WebDriver may not go there by itself; the one page that the web
 * may see can be gone to by a script, and the others from there.
 */
export async function openExtensionPage(browser: Browser, name: string): Promise<Page> {
  const page = await browser.newPage();
  for (const next of ['panel.html', name]) {
    await page.evaluate((url) => {
      location.href = url;
    }, extensionPage(next));
    await expect.poll(() => addressOf(page)).toBe(extensionPage(next));
  }
  return page;
}

/** Puppeteer is not told of the address of an extension's page; `null` while it is on its way to another. */
const addressOf = (frame: Page | Frame) => frame.evaluate(() => location.href).catch(() => null);

/** Serves the sample Gmail at Gmail's address, and opens it. */
export async function openGmail(browser: Browser): Promise<Page> {
  const respond = sampleGmail({ language: 'en' });
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 800 });
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const { host, pathname } = new URL(request.url());
    void (host === 'mail.google.com' ? request.respond(respond(pathname)) : request.continue());
  });
  await page.goto('https://mail.google.com/mail/u/0/#inbox');
  return page;
}

/** The panel's frame, once the content script has docked it and it shows a lead's context. */
export async function panelOf(page: Page): Promise<Frame> {
  let panel: Frame | undefined;
  await expect(async () => {
    for (const frame of page.frames())
      if ((await addressOf(frame)) === extensionPage('panel.html')) panel = frame;
    expect(panel).toBeDefined();
  }).toPass();
  await panel!.locator('[data-state=ready]').wait();
  return panel!;
}
