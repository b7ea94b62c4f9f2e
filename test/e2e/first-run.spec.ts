import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { BrowserContext, Page } from '@playwright/test';
import { openMail } from '../../demo/gmail-actions.ts';
import { extensionPage, launch, welcomePage } from '../../demo/launch.ts';
import { openGmail, panelWithContext } from '../../demo/panel.ts';
import { single } from '../../demo/sample-gmail/mails.ts';
import { sampleGmail } from '../../demo/sample-gmail/sample-gmail.ts';
import { violationsOf } from '../support/axe.ts';
import { expect, readingTest as test } from '../support/e2e.ts';
import { tabAndEnter, tabAndType, tabTo } from '../support/tab-to.ts';
import { textsIn } from '../support/texts.ts';

const sampleOf = (page: Page) => page.frameLocator('iframe');

/** What axe would mend on the step that is shown, in light and dark. */
async function expectSound(page: Page, step: string): Promise<void> {
  await expect(page.locator('main')).toHaveAttribute('data-step', step);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await violationsOf(page, colorScheme), `${step}, ${colorScheme}`).toEqual([]);
  }
}

/** All that the extension has stored on this machine. */
const storedBy = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    interface Area {
      get(keys: null): Promise<unknown>;
    }
    const { storage } = (globalThis as unknown as { chrome: { storage: { local: Area; session: Area } } })
      .chrome;
    const found: unknown[] = [await storage.local.get(null), await storage.session.get(null)];
    const finished = <T>(request: IDBRequest<T>) =>
      new Promise<T>((done, fail) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => fail(new Error(String(request.error)));
      });
    for (const { name } of await indexedDB.databases()) {
      const db = await finished(indexedDB.open(name!));
      for (const store of db.objectStoreNames)
        found.push(store, await finished(db.transaction(store).objectStore(store).getAll()));
      db.close();
    }
    return JSON.stringify(found);
  });

/** The requests that leave the machine, whoever of the extension makes them. */
function requestsOf(context: BrowserContext): string[] {
  const seen: string[] = [];
  context.on('request', (request) => {
    if (/^https?:/u.test(request.url())) seen.push(request.url());
  });
  return seen;
}

for (const language of ['en', 'de'] as const) {
  test(`without a hub, by keyboard, in ${language}: every step is sound and nothing stays of the sample`, async () => {
    const t = await textsIn(language);
    const context = await launch({ profile: '', headless: true, language, welcome: true });
    const sent = requestsOf(context);
    const page = await welcomePage(context);
    const button = (name: string) => page.getByRole('button', { name: t(name), exact: true });

    await expectSound(page, 'connect');
    await tabAndEnter(page, button('welcome.sample.try'));
    await expectSound(page, 'sites');
    await tabAndEnter(page, button('welcome.next'));
    await expectSound(page, 'mailboxes');
    await expect(button('welcome.skip')).toBeVisible();
    await tabAndType(page, page.getByLabel(t('options.mailboxes.add'), { exact: true }), 'lena@work.example');
    await page.keyboard.press('Enter');
    await expect(page.getByText('lena@work.example')).toBeVisible();
    await tabAndEnter(page, button('welcome.next'));

    const panel = sampleOf(page);
    await panel.locator('[data-state=ready]').waitFor();
    await panel.locator('footer').waitFor({ state: 'attached' });
    await expectSound(page, 'look');
    await test.step('the panel, which is a page of its own, is sound as well', async () => {
      const alone = await context.newPage();
      await alone.goto(extensionPage('sample.html'));
      await alone.locator('footer').waitFor();
      for (const colorScheme of ['light', 'dark'] as const) {
        await alone.emulateMedia({ colorScheme });
        expect(await violationsOf(alone, colorScheme)).toEqual([]);
      }
      await alone.close();
    });
    await expect(page.getByText(t('welcome.look.sample'))).toBeVisible();
    const hint = page.locator('section[data-hint]');

    await test.step('one hint after the other points at its part of the panel', async () => {
      for (const part of ['who', 'status']) {
        await expect(hint).toHaveAttribute('data-hint', part);
        await expect(panel.locator(`[data-part=${part}]`)).not.toHaveCSS('box-shadow', 'none');
        if (part === 'who') await tabAndEnter(page, button('welcome.look.next'));
      }
    });
    await test.step('one click accepts the lead, another one takes it back', async () => {
      await tabAndEnter(page, panel.getByRole('button', { name: t('verdict.accept'), exact: true }));
      await expect(panel.locator('[data-stage=sal]')).toBeVisible();
      expect(await violationsOf(page)).toEqual([]);
      await tabAndEnter(page, panel.getByRole('button', { name: new RegExp(`^${t('verdict.undo')}`, 'u') }));
      await expect(panel.locator('[data-stage=mql]')).toBeVisible();
    });
    // Round the page's end, back to the hint.
    await tabAndEnter(page, button('welcome.look.next'));
    await expect(hint).toHaveAttribute('data-hint', 'why');
    await expect(panel.locator('[data-part=why]')).toBeInViewport();
    await tabAndEnter(page, button('welcome.look.next'));
    await expect(hint).toHaveAttribute('data-hint', 'timeline');
    await expect(panel.locator('[data-part=timeline]')).toBeInViewport();
    await tabAndEnter(page, button('welcome.look.finish'));

    await expectSound(page, 'done');
    await tabTo(page, page.getByRole('link', { name: /Gmail/u }));
    // What was skipped does not look done.
    await expect(page.locator('[data-done=true]')).toHaveCount(3);
    await tabAndEnter(page, button('welcome.connect'));
    await expect(page.locator('main')).toHaveAttribute('data-step', 'connect');

    const stored = await storedBy(page);
    expect(stored).toContain('lena@work.example');
    expect(stored).not.toMatch(/petersen|example\.com|019a1000/iu);
    expect(sent).toEqual([]);
    await context.close();
  });
}

test('with a hub: a wrong code, a hub that is away, a site that is refused; then the first lead', async ({
  hub,
  wire,
  api: _first,
}) => {
  const context = await launch({ profile: '', headless: true, welcome: true });
  const page = await welcomePage(context);
  const address = page.getByLabel('Hub address');
  const code = page.getByLabel('One-time code');
  const next = page.getByRole('button', { name: 'Continue' });

  await test.step('nothing answers there', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    closed.close();
    await once(closed, 'close');
    await address.fill(`http://127.0.0.1:${port}`);
    await code.fill('AAAA-AAAA-AAAA');
    await code.press('Enter');
    await expect(address).toHaveAccessibleDescription(/Nothing answers at this address/u);
    await expect(page.getByRole('button', { name: 'Skip for now' })).toBeVisible();
  });
  await test.step('the code is wrong', async () => {
    await address.fill(wire.url);
    await code.press('Enter');
    await expect(code).toHaveAccessibleDescription(/wrong or was used already/u);
    await expect(page.getByRole('button', { name: 'Try with sample data' })).toBeVisible();
  });
  await test.step('the code is right', async () => {
    await code.fill(await hub.nextSignInCode());
    await code.press('Enter');
    await expect(page.getByText('Signed in as')).toBeVisible();
    await expect(next).toBeFocused();
    await expectSound(page, 'connect');
    await page.keyboard.press('Enter');
  });
  await test.step('the browser is not to let Tandem in at a CRM: said, and no dead end', async () => {
    await page.evaluate(() => {
      const { permissions } = (
        globalThis as unknown as { chrome: { permissions: { request: () => Promise<boolean> } } }
      ).chrome;
      permissions.request = () => Promise.resolve(false);
    });
    await page.getByRole('button', { name: 'Switch on HubSpot' }).click();
    await expect(page.locator('[data-site=hubspot]')).toContainText('Not allowed by the browser yet');
    await expectSound(page, 'sites');
    await next.click();
  });
  await test.step('the workspace’s mailboxes are named already', async () => {
    await expect(page.getByText('@nordlicht.example')).toBeVisible();
    await next.click();
  });
  await test.step('the sample is nobody’s business at the hub', async () => {
    const panel = sampleOf(page);
    const before = wire.seen.length;
    await panel.getByRole('button', { name: 'Accept' }).click();
    await expect(panel.locator('[data-stage=sal]')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Connect to a hub' })).toHaveCount(0);
    for (let hint = 1; hint < 4; hint++) await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: 'Finish' }).click();
    await expectSound(page, 'done');
    expect(wire.seen.slice(before).filter(({ method }) => method !== 'GET' && method !== 'OPTIONS')).toEqual(
      [],
    );
  });
  await expect(page.getByText('You are set up')).toBeVisible();
  const gmail = await openGmail(context, sampleGmail({ language: 'en' }));
  await openMail(gmail, single);
  await panelWithContext(gmail, single.messages[0]!.from.name);
  await context.close();
});

test('goes on where it was left, and is led back to until its end', async ({ profile }) => {
  const first = await launch({ profile, headless: true, welcome: true });
  const page = await welcomePage(first);
  await page.getByRole('button', { name: 'Skip for now' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.locator('main')).toHaveAttribute('data-step', 'mailboxes');
  await first.close();

  const context = await launch({ profile, headless: true });
  const options = await context.newPage();
  await options.goto(extensionPage('options.html'));
  await expect(options.getByText('Setting up Tandem is not finished.')).toBeVisible();
  const popup = await context.newPage();
  await popup.goto(extensionPage('popup.html'));
  const opened = context.waitForEvent('page');
  await popup.getByRole('link', { name: 'Go on' }).click();
  const again = await opened;
  await expect(again.locator('main')).toHaveAttribute('data-step', 'mailboxes');

  await test.step('a mailbox that is open in another tab is offered, and taken in one click', async () => {
    const home = await openGmail(context, sampleGmail({ language: 'en', account: 'alex@private.example' }));
    await again.bringToFront();
    await again.getByRole('button', { name: 'Add alex@private.example' }).click();
    await expect(again.getByRole('button', { name: 'Remove alex@private.example' })).toBeVisible();
    await expect(again.getByRole('button', { name: 'Add alex@private.example' })).toHaveCount(0);
    await home.close();
  });
  await again.getByRole('button', { name: 'A look around' }).click();
  await again.getByRole('button', { name: 'Skip for now' }).click();
  await expect(again.locator('main')).toHaveAttribute('data-step', 'done');
  await expect(options.getByText('Setting up Tandem is not finished.')).toHaveCount(0);
  await popup.reload();
  await expect(popup.locator('[data-state=not-a-page]')).toBeVisible();
  await expect(popup.getByRole('link', { name: 'Go on' })).toHaveCount(0);
  await context.close();
});
