import { expect, type FrameLocator, type Page } from '@playwright/test';
import { panelWithContext } from '../../demo/panel.ts';
import { family, internal, newsletter, single, twoLeads } from '../../demo/sample-gmail/mails.ts';
import { manyRecipients, pretender } from './mailbox.ts';
import { leadShown, lookedUp, switchOn, test as base } from './peers.ts';
import { aboutPages } from '../support/hub-proxy.ts';
import type { Roundcube } from './roundcube.ts';

const katharina = single.messages[0]!.from;

const test = base.extend<{ mailbox: Page }>({
  // Reading mails leaves the hub as it is.
  hub: async ({ sharedHub }, use) => use(sharedHub),
  api: async ({ sharedApi }, use) => use(sharedApi),
  /** The inbox, the extension switched on for it. */
  mailbox: async ({ context, roundcube, language }, use) => {
    await switchOn(context, 'roundcube', roundcube.url);
    await use(await openInbox(await context.newPage(), roundcube, language));
  },
});

for (const language of ['en', 'de'] as const) {
  test.describe(language, () => {
    test.use({ language });

    test('the list marks its leads, and a mail beside it shows its sender', async ({ mailbox, wire }) => {
      await expect(rowOf(mailbox, single.subject).locator('tandem-badge')).toHaveCount(1);
      await expect(rowOf(mailbox, family.subject).locator('tandem-badge')).toHaveCount(0);
      await expect(rowOf(mailbox, pretender.subject).locator('tandem-badge')).toHaveCount(0);
      expect(await leadShown(mailbox)).toBeNull();
      expect(aboutPages(wire.seen)).toEqual([]);

      await preview(mailbox, single.subject);
      await panelWithContext(mailbox, katharina.name);
      expect(lookedUp(wire.seen)).toEqual([{ email: katharina.email }]);
      if (language === 'en') await mailbox.screenshot({ path: 'test-results/peer-roundcube.png' });
    });
  });
}

test('mails of people who are no leads show nothing and make no request at all', async ({
  mailbox,
  wire,
}) => {
  const others = [family, internal, newsletter, { ...pretender, messages: [pretender] }];
  for (const { subject } of others) {
    await preview(mailbox, subject);
    expect(await leadShown(mailbox)).toBeNull();
  }
  // A lead afterwards: when their panel stands, everything before it has been dealt with.
  await preview(mailbox, single.subject);
  await panelWithContext(mailbox, katharina.name);
  expect(lookedUp(wire.seen)).toEqual([{ email: katharina.email }]);
  const everything = JSON.stringify(wire.seen);
  for (const { messages } of others) expect(everything).not.toContain(messages[0]!.from.email);
  await preview(mailbox, family.subject);
  await expect.poll(() => leadShown(mailbox)).toBeNull();
});

test('a mail of its own window shows its lead, and one with two leads offers both', async ({ mailbox }) => {
  await open(mailbox, single.subject);
  await panelWithContext(mailbox, katharina.name);
  await mailbox.goBack();
  await preview(mailbox, twoLeads.subject);
  await expect((await panelWithContext(mailbox)).getByRole('radio')).toHaveCount(2);
});

test('among many recipients the lead is found', async ({ mailbox }) => {
  await preview(mailbox, manyRecipients.subject);
  await panelWithContext(mailbox, manyRecipients.to[1]!.name);
});

test('a mail being written shows the lead it is for, once their address is complete', async ({
  mailbox,
  wire,
  roundcube,
}) => {
  await mailbox.goto(`${roundcube.url}/?_task=mail&_action=compose`);
  const to = mailbox.locator('#compose_to ul.recipient-input input');
  await to.pressSequentially(katharina.email.slice(0, -1));
  await to.pressSequentially(katharina.email.slice(-1));
  await to.press(',');
  await panelWithContext(mailbox, katharina.name);
  expect(lookedUp(wire.seen)).toEqual([{ email: katharina.email }]);
});

async function openInbox(page: Page, roundcube: Roundcube, language: 'en' | 'de'): Promise<Page> {
  await page.goto(roundcube.url);
  await page.locator('#rcmloginuser').fill(roundcube.logins[language]);
  await page.locator('#rcmloginpwd').fill(roundcube.password);
  await page.locator('#rcmloginsubmit').click();
  await page.locator('#messagelist tr.message').first().waitFor();
  return page;
}

/** The newest mail with this subject. */
const rowOf = (page: Page, subject: string) =>
  page.locator('#messagelist tr.message').filter({ hasText: subject }).first();

/** Opens a mail beside the list. */
async function preview(page: Page, subject: string): Promise<FrameLocator> {
  await rowOf(page, subject).locator('span.subject').click();
  const frame = page.frameLocator('#messagecontframe');
  await frame.locator('#message-header h2').filter({ hasText: subject }).waitFor();
  return frame;
}

/** Opens a mail instead of the list. */
async function open(page: Page, subject: string): Promise<void> {
  await rowOf(page, subject).locator('span.subject').dblclick();
  await page.waitForURL(/_action=show/u);
  await page.locator('#message-header h2').filter({ hasText: subject }).waitFor();
}
