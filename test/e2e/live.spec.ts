import { openMail } from '../../demo/gmail-actions.ts';
import { extensionPage } from '../../demo/launch.ts';
import { panelWithContext } from '../../demo/panel.ts';
import { single } from '../../demo/sample-gmail/mails.ts';
import { expect, test } from '../support/e2e.ts';

const SECOND = 1_000;

test('a verdict is in the inbox and its answer in the panel within a second, without a reload', async ({
  gmail,
  browserOf,
}) => {
  test.setTimeout(120_000);
  const mara = await browserOf('Mara Lindqvist');
  const inbox = await extensionPage(mara, 'workspace.html');
  const items = inbox.locator('[data-feedback-id]');
  await openMail(gmail, single);
  const panel = await panelWithContext(gmail);
  // Both hear of changes: polling, which is slower than a second, has ended.
  for (const page of [panel, inbox]) {
    await expect
      .poll(() =>
        page.locator('body').evaluate(async () => {
          const { runtime } = (
            globalThis as unknown as {
              chrome: { runtime: { sendMessage(message: object): Promise<{ value: boolean }> } };
            }
          ).chrome;
          return (await runtime.sendMessage({ name: 'live.watch' })).value;
        }),
      )
      .toBe(true);
  }
  const before = await items.count();
  await panel.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(items).toHaveCount(before + 1, { timeout: SECOND });

  const item = items.first();
  await item.getByRole('button', { name: 'Reply' }).click();
  await item.getByRole('textbox').fill('Thank you, that helps.');
  await item.getByRole('button', { name: 'Send answer' }).click();
  await expect(panel.getByText('Thank you, that helps.')).toBeVisible({ timeout: SECOND });
});
