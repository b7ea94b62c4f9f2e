import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Page } from '@playwright/test';
import type { Receipt } from '../utils/extension/outbox-entry.ts';
import { backToInbox, openMail, rowOf } from './gmail-actions.ts';
import { signInToHub } from './hub-client.ts';
import type { HubProcess } from './hub-process.ts';
import { connect, extensionPage, launch } from './launch.ts';
import { timeToPanel } from './paint-time.ts';
import { openGmail, panelShows, panelWithContext } from './panel.ts';
import { family, secondRound, single } from './sample-gmail/mails.ts';
import { sampleGmail } from './sample-gmail/sample-gmail.ts';

/**
 * Does the main job as a user would and returns what it saw: opens mails, reads the panel and why the lead is
 * where it is, accepts it, finds the feedback in the hub and in marketing's list, answers the mail and sees the
 * clock stop. Throws when a step fails.
 */
export async function runCheck(hub: HubProcess, home: string, screenshots: string) {
  await mkdir(screenshots, { recursive: true });
  await using browser = await launch({ profile: join(home, 'browser'), headless: true, language: 'en' });
  await connect(browser, hub.url, hub.signInCode);
  const api = await signInToHub(hub.url, await hub.nextSignInCode());
  const gmail = await openGmail(browser, sampleGmail({ language: 'en' }));

  await openMail(gmail, family);
  const privateMail = { subject: family.subject, panelShown: await panelShows(gmail) };

  await backToInbox(gmail);
  const first = await timeToPanel(gmail, () => rowOf(gmail, single).click());
  const panel = await panelWithContext(gmail);
  await panel.locator('li[data-touchpoint]').first().waitFor();
  const before = await readPanel(panel);
  await shoot(gmail, join(screenshots, 'panel-en'));

  await panel.locator('[data-criteria=present]').scrollIntoViewIfNeeded();
  await shoot(gmail, join(screenshots, 'why-en'));

  await panel.getByRole('button', { name: 'Accept' }).click();
  const receipt = await deliveredReceipt(panel);
  await panel.locator('[data-stage=sal]').waitFor();
  await panel.locator('h1').scrollIntoViewIfNeeded();
  const after = await readPanel(panel);
  await shoot(gmail, join(screenshots, 'accepted-en'));

  const stored = await api.readFeedback({ params: { id: receipt.feedbackId } });
  if (!stored.ok) throw new Error(`The hub does not have the feedback: ${stored.error.kind}`);

  const workspace = await browser.newPage();
  await workspace.goto(extensionPage('workspace.html'));
  await workspace.locator(`[data-feedback-id="${receipt.feedbackId}"]`).waitFor();
  await shoot(workspace, join(screenshots, 'marketing-en'));
  await workspace.goto(extensionPage('workspace.html#agreement'));
  await workspace.locator('[data-agreement-version]').waitFor();
  await shoot(workspace, join(screenshots, 'agreement-en'));
  await workspace.close();

  // Accepting is a promise; the clock stops when a mail to the lead was seen to go out.
  await gmail.getByRole('button', { name: 'Reply' }).click();
  await gmail.getByRole('button', { name: 'Send', exact: true }).click();
  await panel.locator('[role=group][data-clock=met]').waitFor();
  const followedUp = await readPanel(panel);
  await shoot(gmail, join(screenshots, 'followed-up-en'));

  await backToInbox(gmail);
  const cached = await timeToPanel(gmail, () => rowOf(gmail, single).click());
  await shootGerman(hub, home, screenshots);
  return {
    ok: true,
    person: before.person,
    stage: { before: before.stage, after: after.stage },
    why: before.why,
    clock: { before: before.clock, accepted: after.clock, followedUp: followedUp.clock },
    touchpoints: before.touchpoints,
    privateMail,
    feedback: {
      id: stored.value.id,
      verdict: stored.value.verdict,
      storedAt: stored.value.at,
      receipt: { id: receipt.feedbackId, deliveredAt: receipt.deliveredAt },
      inMarketingsList: true,
    },
    milliseconds: {
      firstMailToPanel: Math.round(first.panel),
      cachedMailToPanel: Math.round(cached.panel),
      cachedMailItself: Math.round(cached.mail),
    },
    screenshots,
  };
}

async function shootGerman(hub: HubProcess, home: string, screenshots: string): Promise<void> {
  await using browser = await launch({ profile: join(home, 'browser-de'), headless: true, language: 'de' });
  await connect(browser, hub.url, await hub.nextSignInCode());
  const gmail = await openGmail(browser, sampleGmail({ language: 'de' }));
  await openMail(gmail, secondRound);
  await panelWithContext(gmail);
  await shoot(gmail, join(screenshots, 'panel-de'));
}

/** What the panel tells its reader, taken from what stands on the screen. */
function readPanel(panel: Frame) {
  return panel.evaluate(() => {
    const text = (element: Element | null | undefined) => element?.textContent?.trim() ?? '';
    return {
      person: { id: text0('[data-person-id]', 'personId'), name: text(document.querySelector('h1')) },
      stage: text0('[data-stage]', 'stage'),
      clock: {
        state: text0('[role=group][data-clock]', 'clock'),
        words: [...document.querySelectorAll('[role=group][data-clock] p')].map(text).slice(0, 2),
      },
      why: [...document.querySelectorAll<HTMLElement>('[data-criteria=present] [data-criterion]')].map(
        (leaf) => ({
          criterion: leaf.dataset['criterion'],
          state: leaf.dataset['state'],
          evidence: [...leaf.querySelectorAll('li')].map(text),
        }),
      ),
      touchpoints: [...document.querySelectorAll('li[data-touchpoint]')].map((row) => ({
        kind: (row as HTMLElement).dataset['touchpoint'],
        campaign: text(row.closest('li[data-campaign-id]')?.querySelector('h3')),
      })),
    };
    function text0(selector: string, name: string) {
      return document.querySelector<HTMLElement>(selector)?.dataset[name] ?? null;
    }
  });
}

/** Waits until the hub has acknowledged what was clicked, and returns the outbox's receipt. */
async function deliveredReceipt(panel: Frame): Promise<Receipt> {
  await panel.locator('[data-progress=delivered]').first().waitFor();
  return panel.evaluate(async () => {
    const { chrome } = globalThis as unknown as {
      chrome: { runtime: { sendMessage(message: object): Promise<unknown> } };
    };
    const answer = await chrome.runtime.sendMessage({ name: 'outbox.list' });
    return (answer as { value: { receipts: Receipt[] } }).value.receipts[0]!;
  });
}

/** One picture in each colour scheme. */
async function shoot(page: Page, path: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // The panel's frame is drawn by a process of its own, which needs a moment to follow.
    await Promise.all(page.frames().map((frame) => frame.evaluate(nextPaint)));
    await page.screenshot({ path: `${path}-${colorScheme}.png` });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

const nextPaint = () =>
  new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));
