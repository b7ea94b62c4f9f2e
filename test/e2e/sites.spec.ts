import { backToInbox, openMail } from '../../demo/gmail-actions.ts';
import { connect, launch } from '../../demo/launch.ts';
import { openGmail, panelShows, panelWithContext } from '../../demo/panel.ts';
import { family, single } from '../../demo/sample-gmail/mails.ts';
import { sampleGmail } from '../../demo/sample-gmail/sample-gmail.ts';
import { expect, readingTest as base } from '../support/e2e.ts';
import { ask, extensionPageOf, grantedExtension } from '../support/granted-extension.ts';
import { fixturesOf } from '../support/site-fixtures.ts';

const lead = single.messages[0]!.from;
const CRM = 'https://crm.nordlicht.example';
const patterns = [`${CRM}/*`];

/** A contact's page as Odoo shows it, at a company's own address, with this address in it. */
function contactPage(email: string): { url: string; html: string; name: string } {
  const fixture = fixturesOf('odoo').find(({ name }) => name === 'contact-de')!;
  const { email: before = '', name = '' } = fixture.reading!.people[0]!;
  const { pathname, search } = fixture.url;
  return { url: CRM + pathname + search, html: fixture.html.replaceAll(before, email), name };
}

const test = base.extend({
  context: async ({ hub, wire, profile, language, api: _first }, use) => {
    const extension = await grantedExtension(patterns);
    const context = await launch({ profile, headless: true, language, extensionFolder: extension.folder });
    await connect(context, wire.url, await hub.nextSignInCode());
    await use(context);
    await context.close();
    await extension.remove();
  },
});

test('a CRM is read as soon as it is switched on, without a reload, and left as soon as it is off', async ({
  context,
}) => {
  const { url, html, name } = contactPage(lead.email);
  await context.route(`${CRM}/**`, (route) => route.fulfill({ contentType: 'text/html', body: html }));
  const options = await extensionPageOf(context);
  const crm = await context.newPage();
  await crm.goto(url);
  expect(await ask(options, 'sites.list')).toContainEqual(expect.objectContaining({ id: 'odoo', on: [] }));
  await expect(crm.locator('tandem-dock')).toHaveCount(0);
  // The popup's question, which is about the tab that the user looks at.
  expect(await ask(options, 'popup.here')).toMatchObject({ state: 'not-on', site: 'odoo', patterns });

  await ask(options, 'sites.switch-on', { site: 'odoo', patterns });
  await panelWithContext(crm, lead.name);
  expect(await ask(options, 'popup.here')).toMatchObject({
    state: 'works',
    site: 'odoo',
    leads: [{ name }],
    panel: 'open',
  });

  await test.step('it is there in a page that is opened later', async () => {
    const later = await context.newPage();
    await later.goto(url);
    await panelWithContext(later, lead.name);
    await later.close();
  });

  await test.step('it is gone at once, and stays away', async () => {
    const [entry] = (await ask(options, 'sites.list')).find(({ id }) => id === 'odoo')!.on;
    expect(entry).toEqual({ id: 'odoo:crm.nordlicht.example', patterns, granted: true });
    await crm.bringToFront();
    await ask(options, 'sites.switch-off', { id: entry!.id });
    await expect(crm.locator('tandem-dock')).toHaveCount(0);
    await crm.reload();
    await panelWithContextIn(context);
    await expect(crm.locator('tandem-dock')).toHaveCount(0);
  });
});

/** When the panel stands in a tab that was opened later, whatever was to happen in the others has happened. */
async function panelWithContextIn(context: Parameters<typeof openGmail>[0]): Promise<void> {
  const gmail = await openGmail(context, sampleGmail({ language: 'en' }));
  await openMail(gmail, single);
  await panelWithContext(gmail);
  await gmail.close();
}

test('of two tabs only the one with the work mailbox shows a panel', async ({ context, wire }) => {
  const work = await openGmail(context, sampleGmail({ language: 'en' }));
  const before = wire.seen.length;
  await context.unroute('https://mail.google.com/**');
  const home = await openGmail(context, sampleGmail({ language: 'en', account: 'alex@private.example' }));
  await openMail(home, single);
  await work.bringToFront();
  await openMail(work, single);
  await panelWithContext(work);
  await home.bringToFront();
  expect(await panelShows(home)).toBe(false);
  // One look-up: the private tab made none of its own.
  expect(wire.seen.slice(before).filter(({ path }) => path === '/v1/context')).toHaveLength(1);
});

test('a pause closes every panel, and its end opens them again', async ({ gmail, context }) => {
  await openMail(gmail, single);
  await panelWithContext(gmail);
  const options = await extensionPageOf(context);
  await gmail.bringToFront();
  const settings = await ask(options, 'settings.get');
  const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
  await ask(options, 'settings.set', { ...settings, pausedUntil: inAnHour });
  await expect.poll(() => panelShows(gmail)).toBe(false);
  await backToInbox(gmail);
  await openMail(gmail, single);
  expect(await panelShows(gmail)).toBe(false);
  await ask(options, 'settings.set', { ...settings, pausedUntil: null });
  await expect.poll(() => panelShows(gmail)).toBe(true);
});

test('whom the user never wants looked up is gone at once', async ({ gmail, context, wire }) => {
  await openMail(gmail, single);
  await panelWithContext(gmail);
  const options = await extensionPageOf(context);
  await gmail.bringToFront();
  await ask(options, 'settings.set', { ...(await ask(options, 'settings.get')), never: [lead.email] });
  await expect.poll(() => panelShows(gmail)).toBe(false);
  const before = wire.seen.length;
  await backToInbox(gmail);
  await openMail(gmail, single);
  await backToInbox(gmail);
  await openMail(gmail, family);
  expect(await panelShows(gmail)).toBe(false);
  expect(JSON.stringify(wire.seen.slice(before))).not.toContain(lead.email);
});
