import { readFile } from 'node:fs/promises';
import type { BrowserContext, Page } from '@playwright/test';
import { openMail } from '../../demo/gmail-actions.ts';
import { panelShows, panelWithContext } from '../../demo/panel.ts';
import { alex, single } from '../../demo/sample-gmail/mails.ts';
import { expect, lookingTest as test } from '../support/e2e.ts';

const shows = (page: Page) => expect.poll(() => panelShows(page));

test('the panel comes and goes with the mail, however the page gets there', async ({ gmail }) => {
  await openMail(gmail, single);
  await panelWithContext(gmail);

  await test.step('back and forward', async () => {
    await gmail.goBack();
    await shows(gmail).toBe(false);
    await gmail.goForward();
    await shows(gmail).toBe(true);
  });

  await test.step('into the back/forward cache and out of it', async () => {
    const pass = (type: string) =>
      gmail.evaluate((type) => dispatchEvent(new PageTransitionEvent(type, { persisted: true })), type);
    await pass('pagehide');
    await shows(gmail).toBe(false);
    await pass('pageshow');
    await shows(gmail).toBe(true);
  });

  await test.step('the page replaces its whole body', async () => {
    await gmail.evaluate(() => document.body.replaceWith(document.body.cloneNode(true)));
    await shows(gmail).toBe(true);
    await gmail.evaluate(() => document.querySelector('[role=main]')!.replaceChildren());
    await shows(gmail).toBe(false);
    expect(await gmail.locator('tandem-dock').count()).toBe(1);
  });
});

const lead = single.messages[0]!.from.email;
const ROOT = 'https://outlook.office.com/mail/';
const OPEN = `${ROOT}inbox/id/AAQkAGNkZTEx%2BA%3D`;

/** A page of Outlook in which the sample's lead has written to the sample's user. */
async function outlookPage(name: string): Promise<string> {
  const html = await readFile(new URL(`../fixtures/outlook/${name}.html`, import.meta.url), 'utf8');
  return html
    .replaceAll('anna.schaefer@hafenlogistik.example', lead)
    .replaceAll('jonas.keller@nordwind.example', alex.email);
}

/** As strict as a page can be: no markup from strings, no style or frame but its own. */
const POLICY = "script-src 'none'; style-src 'none'; frame-src 'self'; require-trusted-types-for 'script'";

async function openOutlook(context: BrowserContext, mail: string, list: string): Promise<Page> {
  await context.route(`${ROOT}**`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      headers: { 'content-security-policy': POLICY },
      body: route.request().url().includes('/id/') ? mail : list,
    }),
  );
  const page = await context.newPage();
  await page.goto(ROOT);
  return page;
}

/** Changes the address at once and the view a moment later, as such pages do. */
const go = (page: Page, how: 'pushState' | 'replaceState', url: string, html: string) =>
  page.evaluate(
    ([how, url, html]) => {
      history[how](null, '', url);
      const { trustedTypes } = globalThis as unknown as {
        trustedTypes: { createPolicy(name: string, rules: object): { createHTML(html: string): string } };
      };
      const policy = trustedTypes.createPolicy('page', { createHTML: (text: string) => text });
      const next = new DOMParser().parseFromString(policy.createHTML(html), 'text/html').body;
      return new Promise<void>((done) => {
        setTimeout(() => {
          document.body.replaceChildren(...next.children);
          done();
        }, 150);
      });
    },
    [how, url, html] as const,
  );

test('in pages that change their address themselves, and in their frames', async ({ context }) => {
  const [mail, list] = [await outlookPage('conversation-en'), await outlookPage('list-en')];
  const page = await openOutlook(context, mail, list);
  // Somebody's reading list beside the page: a lead in the list alone opens nothing.
  // Its mark has the look we gave it, in spite of the page's policy for styles.
  await expect(page.locator('tandem-badge').first()).toHaveCSS('width', '10px');
  expect(await panelShows(page)).toBe(false);

  for (const how of ['pushState', 'replaceState'] as const) {
    await test.step(how, async () => {
      await go(page, how, OPEN, mail);
      await shows(page).toBe(true);
      await go(page, how, ROOT, list);
      await shows(page).toBe(false);
    });
  }

  const frame = page.locator('iframe');
  await test.step('a frame is read, and docks nothing itself', async () => {
    await page.evaluate((src) => {
      const frame = document.createElement('iframe');
      frame.src = src;
      frame.width = frame.height = '400';
      document.body.append(frame);
    }, OPEN);
    await shows(page).toBe(true);
    expect(await page.locator('tandem-dock').count()).toBe(1);
    expect(await frame.contentFrame().locator('tandem-dock').count()).toBe(0);
  });

  await test.step('a frame that is folded away shows nobody', async () => {
    await frame.evaluate((element: HTMLElement) => (element.hidden = true));
    await shows(page).toBe(false);
    await frame.evaluate((element: HTMLElement) => (element.hidden = false));
    await shows(page).toBe(true);
  });

  await test.step('a frame that is taken out', async () => {
    await frame.evaluate((element) => element.remove());
    await shows(page).toBe(false);
  });
});
