import { backToInbox, openMail } from '../../demo/gmail-actions.ts';
import { launch } from '../../demo/launch.ts';
import { openGmail, panelWithContext } from '../../demo/panel.ts';
import { single } from '../../demo/sample-gmail/mails.ts';
import { sampleGmail } from '../../demo/sample-gmail/sample-gmail.ts';
import { signInToHub } from '../../demo/hub-client.ts';
import type { HubClient } from '../../utils/extension/hub-client.ts';
import { expect, test } from '../support/e2e.ts';

const newFeedback = async (api: HubClient) => {
  const listed = await api.listFeedback({ query: { state: 'new', limit: 100 } });
  if (!listed.ok) throw new Error(listed.error.kind);
  return listed.value.items.filter((item) => item.personName === 'Katharina Brandt');
};

test('a click while the hub is away survives the browser’s restart and arrives once', async ({
  gmail,
  context,
  hub,
  api,
  profile,
}) => {
  await openMail(gmail, single);
  const panel = await panelWithContext(gmail);
  await hub.stop();
  await panel.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(panel.locator('[data-progress=saved]').first()).toBeVisible();
  await context.close();

  const reopened = await launch({ profile, headless: true });
  await hub.restart();
  // The browser tries by itself: at its start, and again by an alarm when the hub was not back yet.
  await expect.poll(() => newFeedback(api), { timeout: 40_000 }).toHaveLength(1);
  const page = await openGmail(reopened, sampleGmail({ language: 'en' }));
  await openMail(page, single);
  const again = await panelWithContext(page);
  await expect(again.locator('[data-stage]')).toHaveAttribute('data-stage', 'sal');
  expect(await newFeedback(api)).toHaveLength(1);
  await reopened.close();
});

test('a hub killed while it takes the click in neither loses nor doubles it', async ({ gmail, hub, api }) => {
  await openMail(gmail, single);
  const panel = await panelWithContext(gmail);
  // SIGKILL races the request: whether it was stored or not, the outbox sends it again under the same key.
  await Promise.all([
    panel.getByRole('button', { name: 'Accept', exact: true }).click(),
    hub.stop('SIGKILL'),
  ]);
  await hub.restart();
  await expect(panel.locator('[data-progress=delivered]').first()).toBeVisible({ timeout: 40_000 });
  expect(await newFeedback(api)).toHaveLength(1);
});

test('the panel says that the hub is away and shows the last known status', async ({ gmail, hub }) => {
  await openMail(gmail, single);
  const panel = await panelWithContext(gmail);
  await hub.stop();
  await expect(async () => {
    await backToInbox(gmail);
    await openMail(gmail, single);
    await expect(panel.locator('[data-state="stale"]')).toContainText('Last known status');
  }).toPass();
  await hub.restart();
  await expect(async () => {
    await backToInbox(gmail);
    await openMail(gmail, single);
    await expect(panel.locator('[data-state="ready"]')).toBeVisible();
  }).toPass();
});

test('the token of another client still works after the restart', async ({ hub, api }) => {
  await hub.stop();
  await hub.restart();
  expect((await api.me()).ok).toBe(true);
  await expect(signInToHub(hub.url, 'WRONG-CODE')).rejects.toThrow('signed-out');
});
