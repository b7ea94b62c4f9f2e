import { backToInbox, openMail } from '../../demo/gmail-actions.ts';
import { background, extensionPage } from '../../demo/launch.ts';
import { panelWithContext } from '../../demo/panel.ts';
import { single } from '../../demo/sample-gmail/mails.ts';
import { answerOf, expect, readingTest as test } from '../support/e2e.ts';

test('everything follows the language of choice at once, whatever the browser speaks', async ({
  context,
  gmail,
  api,
}) => {
  answerOf(await api.patchMySettings({ body: { digest: true, language: 'en' } }));
  const workspace = await context.newPage();
  await workspace.goto(extensionPage('workspace.html#people'));
  await expect(workspace.getByRole('heading', { level: 1 })).toHaveText('People');
  await gmail.bringToFront();
  const badge = gmail.locator('tandem-badge').first();
  await expect(badge).toHaveAttribute('aria-label', /follow-up|Lead|MQL|Inquiry/u);
  await openMail(gmail, single);
  const panel = await panelWithContext(gmail);
  await expect(panel.getByRole('button', { name: 'Accept', exact: true })).toBeVisible();

  const options = await context.newPage();
  await options.goto(extensionPage('options.html'));
  const choice = options.getByLabel('Language of Tandem');
  await expect(choice).toHaveValue('system');
  await choice.focus();
  await choice.selectOption('Deutsch');
  await expect(options.getByRole('heading', { level: 1 })).toHaveText('Einstellungen');
  await expect(options).toHaveTitle('Tandem · Einstellungen');
  await expect(options.locator('html')).toHaveAttribute('lang', 'de');
  await expect(options.getByLabel('Sprache von Tandem')).toBeFocused();
  await expect(workspace.getByRole('heading', { level: 1 })).toHaveText('Personen');
  await expect(panel.getByRole('button', { name: 'Annehmen', exact: true })).toBeVisible();
  await expect.poll(async () => answerOf(await api.mySettings()).language).toBe('de');
  const title = async () =>
    (await background(context)).evaluate(() =>
      (
        globalThis as unknown as { chrome: { action: { getTitle(about: object): Promise<string> } } }
      ).chrome.action.getTitle({}),
    );
  await expect.poll(title).toMatch(/^Tandem( · \d+ zu beantworten)?$/u);

  await test.step('marks in lists, and the frame of the panel', async () => {
    await gmail.bringToFront();
    const frame = await (await panel.frameElement()).getAttribute('title');
    expect(frame).toBe('Tandem-Panel');
    await backToInbox(gmail);
    const labels = () =>
      gmail.locator('tandem-badge').evaluateAll((all) => all.map((one) => one.ariaLabel ?? ''));
    await expect.poll(async () => (await labels()).join()).toMatch(/Nachfassen|nachgefasst|Anfrage/u);
    expect((await labels()).join()).not.toMatch(/follow/u);
  });

  await test.step('a page that is opened later speaks it from its first word', async () => {
    const popup = await context.newPage();
    await popup.goto(extensionPage('popup.html'));
    await expect(popup.locator('html')).toHaveAttribute('lang', 'de');
    await popup.close();
  });

  await test.step('and back', async () => {
    await options.getByLabel('Sprache von Tandem').selectOption('Wie der Browser');
    await expect(options.getByRole('heading', { level: 1 })).toHaveText('Settings');
    await expect(workspace.getByRole('heading', { level: 1 })).toHaveText('People');
    await gmail.bringToFront();
    await openMail(gmail, single);
    await expect(panel.getByRole('button', { name: 'Accept', exact: true })).toBeVisible();
  });
});
