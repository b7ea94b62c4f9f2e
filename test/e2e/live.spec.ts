import type { Page } from '@playwright/test';
import { v7 as uuid } from 'uuid';
import { openMail } from '../../demo/gmail-actions.ts';
import { extensionPage } from '../../demo/launch.ts';
import { panelWithContext } from '../../demo/panel.ts';
import { single } from '../../demo/sample-gmail/mails.ts';
import { answerOf, expect, test } from '../support/e2e.ts';

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
  for (const page of [panel, inbox]) await untilLive(page);
  const newest = await items.first().getAttribute('data-feedback-id');
  await panel.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(items.first()).not.toHaveAttribute('data-feedback-id', newest ?? '', { timeout: 5 * SECOND });
  await expect(items.first()).toContainText(single.messages[0]!.from.name);
});

test('what marketing answers is in the open panel by the stream', async ({ gmail, api, clientOf }) => {
  const mara = await clientOf('Mara Lindqvist');
  await openMail(gmail, single);
  const panel = await panelWithContext(gmail);
  await untilLive(panel);
  await panel.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(panel.locator('[data-progress=delivered]').first()).toBeVisible();
  const [given] = answerOf(await api.listFeedback({ query: { limit: 1 } })).items;
  const text = 'Thank you, the webinar goes on.';
  answerOf(await mara.replyToFeedback({ params: { id: given!.id }, body: { id: uuid(), text } }));
  await expect(panel.getByText(text)).toBeVisible({ timeout: 5 * SECOND });
});

/** Waits until this page's browser hears of changes, and nobody polls any more. */
const untilLive = (page: Page | Awaited<ReturnType<typeof panelWithContext>>) =>
  expect
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
