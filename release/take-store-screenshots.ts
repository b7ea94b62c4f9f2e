import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { openMail } from '../demo/gmail-actions.ts';
import { startHub } from '../demo/hub-process.ts';
import { connect, extensionPage, launch } from '../demo/launch.ts';
import { openGmail, panelWithContext } from '../demo/panel.ts';
import { secondRound, single } from '../demo/sample-gmail/mails.ts';
import { sampleGmail } from '../demo/sample-gmail/sample-gmail.ts';

/*
 * `npm run screenshots:store`: the pictures of the listings in both languages, 1280 × 800, and the small tile,
 * 440 × 280, in docs/store/images. Everything on them is the sample.
 */
const FOLDER = 'docs/store/images';
const WORKSPACE = {
  inbox: '[data-feedback-id]',
  report: '[data-state=success] svg[role=img]',
  agreement: '[data-agreement-version]',
};

const home = await mkdtemp(join(tmpdir(), 'tandem-store-'));
await mkdir(FOLDER, { recursive: true });
const hub = await startHub({ PORT: '0', TANDEM_DATA: join(home, 'hub'), TANDEM_SAMPLE: '1' });
try {
  for (const language of ['en', 'de'] as const) {
    await using browser = await launch({ profile: '', headless: true, language, colorScheme: 'light' });
    await connect(browser, hub.url, language === 'en' ? hub.signInCode : await hub.nextSignInCode());
    const shoot = (page: Page, name: string) =>
      page.screenshot({ path: `${FOLDER}/${language}-${name}.png`, animations: 'disabled' });

    const gmail = await openGmail(browser, sampleGmail({ language }));
    await openMail(gmail, language === 'en' ? secondRound : single);
    const panel = await panelWithContext(gmail);
    await shoot(gmail, '1-panel');
    await panel.locator('[data-criteria=present]').scrollIntoViewIfNeeded();
    await shoot(gmail, '2-why');

    for (const [index, [part, ready]] of Object.entries(WORKSPACE).entries()) {
      const page = await browser.newPage();
      await page.goto(extensionPage(`workspace.html#${part}`));
      await page.locator(ready).first().waitFor();
      await shoot(page, `${index + 3}-${part}`);
      await page.close();
    }
    if (language === 'en') await drawTile(browser);
  }
} finally {
  await hub.stop();
  await rm(home, { recursive: true });
}

/** Name and drawing; the store puts it beside others at half its size, so no words more. */
async function drawTile(browser: BrowserContext): Promise<void> {
  const page = await browser.newPage();
  await page.setViewportSize({ width: 440, height: 280 });
  const icon = await readFile('public/icon.svg', 'base64');
  await page.setContent(
    `<body style="margin:0;height:280px;display:flex;align-items:center;justify-content:center;gap:28px;
       background:#e0f2f0;color:#10403d;font:700 56px system-ui,sans-serif">
     <img width="128" src="data:image/svg+xml;base64,${icon}">Tandem`,
  );
  await page.screenshot({ path: `${FOLDER}/tile.png` });
  await page.close();
}
