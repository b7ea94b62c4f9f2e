import type { Page } from '@playwright/test';
import { connect, launch } from '../../demo/launch.ts';
import { panelWithContext } from '../../demo/panel.ts';
import { single } from '../../demo/sample-gmail/mails.ts';
import { expect, readingTest as base } from '../support/e2e.ts';
import { ask, extensionPageOf, grantedExtension } from '../support/granted-extension.ts';

const lead = single.messages[0]!.from;
const TOOL = 'https://tool.nordlicht.example';
const patterns = [`${TOOL}/*`];

/** A system that nobody has heard of; its addresses are mere text, so that nothing but pointing finds them. */
const card = (email: string, name: string) => `<!doctype html><title>Tool</title>
  <main><h1 id="who">${name}</h1><dl><dt>Mail</dt><dd>${email}</dd></dl>
  <a href="/elsewhere">Elsewhere</a></main>
  <script>addEventListener('click', () => document.body.append('The page heard a click.'))</script>`;

const test = base.extend<{ options: Page; tool: Page }>({
  context: async ({ hub, wire, profile, language, api: _first }, use) => {
    const extension = await grantedExtension(patterns);
    const context = await launch({ profile, headless: true, language, extensionFolder: extension.folder });
    await connect(context, wire.url, await hub.nextSignInCode());
    await context.route(`${TOOL}/**`, (route) =>
      route.fulfill({ contentType: 'text/html', body: card(lead.email, lead.name) }),
    );
    await use(context);
    await context.close();
    await extension.remove();
  },
  options: async ({ context }, use) => use(await extensionPageOf(context)),
  tool: async ({ context, options }, use) => {
    await ask(options, 'sites.switch-on', { site: 'generic', patterns });
    const tool = await context.newPage();
    await tool.goto(`${TOOL}/1`);
    await ask(options, 'popup.pick', { tabId: await tabOf(options) });
    await tool.locator('tandem-picker').waitFor({ state: 'attached' });
    await use(tool);
  },
});

/** The browser's id of the tool's tab. */
async function tabOf(options: Page): Promise<number> {
  const [tab] = await options.evaluate(
    (url) =>
      (
        globalThis as unknown as { chrome: { tabs: { query(of: object): Promise<{ id: number }[]> } } }
      ).chrome.tabs.query({ url }),
    `${TOOL}/*`,
  );
  return tab!.id;
}

test('the user points at the address and the name, and from then on the panel knows the page', async ({
  tool,
}) => {
  await tool.locator('dd').click();
  await tool.locator('h1').click();
  await expect(tool.locator('tandem-picker')).toHaveCount(0);
  await panelWithContext(tool, lead.name);
  // The page was not to hear of it.
  await expect(tool.getByText('The page heard a click.')).toHaveCount(0);

  await test.step('the next page, too', async () => {
    await tool.goto(`${TOOL}/2`);
    await panelWithContext(tool, lead.name);
  });
});

test('it works by keyboard, without a name', async ({ tool }) => {
  await tool.keyboard.press('Tab');
  await tool.keyboard.press('Enter');
  await tool.keyboard.press('Escape');
  await expect(tool.locator('tandem-picker')).toHaveCount(0);
  await panelWithContext(tool, lead.name);
});

test('a place without an address is refused, and Escape leaves the page as it was', async ({ tool }) => {
  await tool.getByRole('link', { name: 'Elsewhere' }).click();
  await expect(tool).toHaveURL(`${TOOL}/1`);
  await expect(tool.locator('tandem-picker')).toHaveCount(1);
  await tool.keyboard.press('Escape');
  await expect(tool.locator('tandem-picker')).toHaveCount(0);
  await expect(tool.locator('tandem-dock')).toHaveCount(0);
  await tool.getByRole('link', { name: 'Elsewhere' }).click();
  await expect(tool).toHaveURL(`${TOOL}/elsewhere`);
});
