import { backToInbox, openMail } from '../../demo/gmail-actions.ts';
import { background, extensionPage } from '../../demo/launch.ts';
import { panelOf, panelShows, panelWithContext } from '../../demo/panel.ts';
import { conversation, family, single, twoLeads } from '../../demo/sample-gmail/mails.ts';
import { violationsOf } from '../support/axe.ts';
import { expect, lookingTest, readingTest, test } from '../support/e2e.ts';

test('everything in the panel is reached and done by keyboard', async ({ gmail, api }) => {
  await openMail(gmail, single);
  const panel = await panelWithContext(gmail);
  await panel.locator('main').focus();
  const reached = new Set<string>();
  const active = () =>
    panel.evaluate(() => {
      const element = document.activeElement!;
      return element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '';
    });
  const focusable = await panel.evaluate(
    () =>
      [
        ...document.querySelectorAll<HTMLElement>(
          'button:not([disabled]), a[href], input, textarea, [tabindex="0"]',
        ),
      ].filter(
        (element) =>
          element.checkVisibility() && !(element instanceof HTMLInputElement && element.type === 'radio'),
      ).length,
  );
  for (let press = 0; press < focusable; press++) {
    await gmail.keyboard.press('Tab');
    reached.add(await active());
  }
  expect([...reached]).toContain('Accept');
  expect([...reached]).toContain('Return');

  await panel.getByRole('button', { name: 'Accept', exact: true }).focus();
  await gmail.keyboard.press('Enter');
  await expect(panel.locator('[data-progress=delivered]').first()).toBeVisible();
  const listed = await api.listFeedback({ query: { state: 'new', limit: 1 } });
  expect(listed).toMatchObject({ ok: true, value: { items: [{ verdict: 'accepted' }] } });
});

lookingTest('the dock gets along with the page', async ({ gmail }) => {
  await openMail(gmail, single);
  const panel = await panelWithContext(gmail);

  await test.step('leaves room for the rail and the compose button', async () => {
    const box = (await (await panel.frameElement()).boundingBox())!;
    const { width } = gmail.viewportSize()!;
    expect(width - (box.x + box.width)).toBeGreaterThanOrEqual(56);
    const compose = (await gmail.getByRole('button', { name: 'Compose' }).boundingBox())!;
    expect(compose.x + compose.width).toBeLessThan(box.x);
  });

  await test.step('keys pressed in the panel do not act on the mail behind it', async () => {
    await gmail.evaluate(() =>
      addEventListener('keydown', () => (document.title = 'the page heard a key'), true),
    );
    await panel.locator('main').focus();
    await gmail.keyboard.press('e');
    expect(await gmail.title()).not.toBe('the page heard a key');
  });

  await test.step('folds to a tab that still shows the stage, and remembers it', async () => {
    const width = async () => (await (await panel.frameElement()).boundingBox())!.width;
    expect(await width()).toBe(360);
    await panel.getByRole('button', { name: 'Collapse panel' }).click();
    await expect.poll(width).toBeLessThan(60);
    await expect(panel.getByRole('button', { name: /Expand panel/u })).toBeVisible();
    await backToInbox(gmail);
    await openMail(gmail, twoLeads);
    await expect.poll(() => panelShows(gmail)).toBe(true);
    expect(await width()).toBeLessThan(60);
    await panel.getByRole('button', { name: /Expand panel/u }).click();
    await expect.poll(width).toBe(360);
  });
});

lookingTest('the recipient of a draft is a lead as well', async ({ gmail }) => {
  await gmail.getByRole('button', { name: 'Compose' }).click();
  const to = gmail.getByRole('combobox', { name: 'To' });
  await to.fill(single.messages[0]!.from.email);
  await to.press('Enter');
  const panel = await panelWithContext(gmail, 'Katharina Brandt');
  await expect(panel.locator('[data-stage]')).toHaveAttribute('data-stage', 'mql');
});

readingTest('signed out, the panel says so and leads to the settings', async ({ gmail, context, api }) => {
  await openMail(gmail, single);
  await panelWithContext(gmail);
  const worker = await background(context);
  const token = await worker.evaluate(async () => {
    const { storage } = (
      globalThis as unknown as {
        chrome: { storage: { local: { get(key: string): Promise<Record<string, { token: string }>> } } };
      }
    ).chrome;
    return (await storage.local.get('connection'))['connection']!.token;
  });
  expect(token).toMatch(/^tdm_/u);
  // Somebody revokes the token: the extension learns of it with its next request.
  const other = await fetch(`${await hubOf(worker)}/v1/session`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${token}` },
  });
  expect(other.status).toBe(204);
  expect((await api.me()).ok).toBe(true);
  await backToInbox(gmail);
  await openMail(gmail, conversation);
  const panel = await panelOf(gmail);
  await expect(panel.locator('[data-state="signed-out"]')).toBeVisible();
  await backToInbox(gmail);
  await openMail(gmail, single);
  await expect(panel.locator('[data-state="stale"]')).toContainText('You are signed out. Last known status');
  const [options] = await Promise.all([
    context.waitForEvent('page'),
    panel.getByRole('button', { name: 'Sign in' }).click(),
  ]);
  await expect(options).toHaveURL(extensionPage('options.html'));
});

readingTest('after an update the old panel goes and asks for a reload', async ({ gmail, context }) => {
  await openMail(gmail, single);
  await panelWithContext(gmail);
  const worker = await background(context);
  await worker
    .evaluate(() =>
      (globalThis as unknown as { chrome: { runtime: { reload(): void } } }).chrome.runtime.reload(),
    )
    .catch(() => undefined);
  await expect
    .poll(() => gmail.frames().filter((frame) => frame.url().endsWith('/panel.html')).length, {
      timeout: 15_000,
    })
    .toBe(0);
  await expect(gmail.locator('tandem-dock')).toHaveCount(1);
});

test('axe finds nothing on the panel, marketing’s page and the settings, in both schemes', async ({
  gmail,
  context,
}) => {
  await openMail(gmail, single);
  const panel = await panelWithContext(gmail);
  await panel.getByRole('button', { name: 'Return', exact: true }).click();
  await expect(panel.locator('[data-progress=delivered]').first()).toBeVisible();
  // The panel as a page of its own: axe cannot enter a closed shadow root.
  for (const name of ['panel.html', 'workspace.html', 'options.html']) {
    const page = await context.newPage();
    await page.goto(extensionPage(name));
    await page.locator('[data-state], [data-connected], [data-feedback-id]').first().waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await violationsOf(page, colorScheme), `${name}, ${colorScheme}`).toEqual([]);
    }
    await page.close();
  }
});

lookingTest('a private mail right after a lead’s never shows the lead', async ({ gmail }) => {
  await openMail(gmail, single);
  await panelWithContext(gmail);
  const shown = gmail.evaluate(
    ([hash]) =>
      new Promise<boolean>((done) => {
        location.hash = hash;
        addEventListener(
          'hashchange',
          () => queueMicrotask(() => done(document.querySelector('tandem-dock') !== null)),
          { once: true },
        );
      }),
    [family.hash] as const,
  );
  await shown;
  await expect.poll(() => panelShows(gmail)).toBe(false);
});

const hubOf = (worker: Awaited<ReturnType<typeof background>>) =>
  worker.evaluate(async () => {
    const { storage } = (
      globalThis as unknown as {
        chrome: { storage: { local: { get(key: string): Promise<Record<string, { hubUrl: string }>> } } };
      }
    ).chrome;
    return new URL((await storage.local.get('connection'))['connection']!.hubUrl).origin;
  });
