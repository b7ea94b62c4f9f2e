import { backToInbox, openMail } from '../../demo/gmail-actions.ts';
import { extensionPage } from '../../demo/launch.ts';
import { openGmail, panelOf, panelShows, panelWithContext } from '../../demo/panel.ts';
import { family, internal, newsletter, single, twoLeads } from '../../demo/sample-gmail/mails.ts';
import { sampleGmail } from '../../demo/sample-gmail/sample-gmail.ts';
import { aboutPages } from '../support/hub-proxy.ts';
import { expect, readingTest as test } from '../support/e2e.ts';

test('mails of people who are no leads make no request at all', async ({ gmail, wire }) => {
  for (const mail of [family, internal, newsletter]) {
    await openMail(gmail, mail);
    await backToInbox(gmail);
  }
  // A lead afterwards: when its panel stands, everything before it has been dealt with.
  await openMail(gmail, single);
  await panelWithContext(gmail);
  const lookUps = wire.seen.filter(({ method, path }) => method === 'POST' && path === '/v1/context');
  // The first stream of changes makes the panel ask once more.
  expect([...new Set(lookUps.map(({ body }) => body))].map((body) => JSON.parse(body) as unknown)).toEqual([
    { queries: [{ email: single.messages[0]!.from.email }] },
  ]);
  const everything = JSON.stringify(wire.seen);
  for (const mail of [family, internal, newsletter]) {
    expect(everything).not.toContain(mail.messages[0]!.from.email);
  }
  expect(
    aboutPages(wire.seen).filter((request) => !lookUps.includes(request) && request.method !== 'OPTIONS'),
  ).toEqual([]);
});

test('a private mail shows no panel, and the lead before it is gone; one with two leads offers both', async ({
  gmail,
}) => {
  await openMail(gmail, single);
  await panelWithContext(gmail);
  expect(await panelShows(gmail)).toBe(true);
  await openMail(await inbox(gmail), family);
  await expect.poll(() => panelShows(gmail)).toBe(false);
  expect(await (await panelOf(gmail)).locator('[data-person-id]').count()).toBe(0);

  await openMail(await inbox(gmail), twoLeads);
  const panel = await panelWithContext(gmail);
  const choices = panel.getByRole('radio');
  await expect(choices).toHaveCount(2);
  const shown = await panel.locator('[data-person-id]').getAttribute('data-person-id');
  await panel.locator('label', { has: panel.locator('input:not(:checked)') }).click();
  await expect(panel.locator('[data-person-id]')).not.toHaveAttribute('data-person-id', shown!);
  await panelWithContext(gmail);
});

test('in a mailbox of nobody’s the panel stays dark', async ({ context, wire }) => {
  const gmail = await openGmail(context, sampleGmail({ language: 'en', account: 'alex@private.example' }));
  await openMail(gmail, single);
  await backToInbox(gmail);
  await openMail(gmail, family);
  expect(await panelShows(gmail)).toBe(false);
  expect(aboutPages(wire.seen)).toEqual([]);
});

const inbox = async (gmail: Parameters<typeof backToInbox>[0]) => {
  await backToInbox(gmail);
  return gmail;
};

test('a conversation we cannot read shows nothing and leaves a note without its content', async ({
  context,
  wire,
}) => {
  const gmail = await openGmail(
    context,
    () => ({
      status: 200,
      contentType: 'text/html',
      body: `<body><main role="main" title="secret"><p email="${single.messages[0]!.from.email}">Hello Katharina</p></main>`,
    }),
    single.hash,
  );
  const options = await context.newPage();
  await options.goto(extensionPage('options.html'));
  await gmail.bringToFront();
  await expect
    .poll(
      async () => {
        await options.reload();
        return options.locator('main').innerText();
      },
      { timeout: 30_000, intervals: [1_000] },
    )
    .toContain('Nobody found where people should be');
  const notes = await options.locator('main').innerText();
  expect(notes).toContain('main role=main title');
  expect(notes).not.toMatch(/Katharina|secret|hafenlogistik/u);
  expect(await panelShows(gmail)).toBe(false);
  expect(aboutPages(wire.seen)).toEqual([]);
});
