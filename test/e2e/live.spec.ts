import { openMail } from '../../demo/gmail-actions.ts';
import { extensionPage } from '../../demo/launch.ts';
import { panelWithContext } from '../../demo/panel.ts';
import { single } from '../../demo/sample-gmail/mails.ts';
import { expect, test } from '../support/e2e.ts';

const SECOND = 1_000;

test('a verdict is in the inbox of marketing by the stream, without a reload', async ({
  gmail,
  browserOf,
}) => {
  test.setTimeout(120_000);
  const mara = await browserOf('Mara Lindqvist');
  const inbox = await mara.newPage();
  await inbox.goto(extensionPage('workspace.html'));
  const items = inbox.locator('li[data-feedback-id]');
  await items.first().waitFor();
  await openMail(gmail, single);
  const panel = await panelWithContext(gmail);
  // Both hear of changes, and nobody polls any more. How fast that is, the hub's tests say; here three browsers share a machine.
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
  const newest = await items.first().getAttribute('data-feedback-id');
  await panel.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(items.first()).not.toHaveAttribute('data-feedback-id', newest ?? '', { timeout: 5 * SECOND });
  await expect(items.first()).toContainText(single.messages[0]!.from.name);
});
