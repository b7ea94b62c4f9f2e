import { expect, type Page } from '@playwright/test';
import { v7 as newId } from 'uuid';
import { panelOf, panelWithContext } from '../../demo/panel.ts';
import { single } from '../../demo/sample-gmail/mails.ts';
import { answerOf } from '../support/e2e.ts';
import type { Odoo } from './odoo.ts';
import { leads, READER } from './odoo-data.ts';
import { idOf, leadOf, openOdoo } from './odoo-page.ts';
import { leadShown, lookedUp, switchOn, test as base } from './peers.ts';

/** One of Odoo's own demo leads. The hub knows them by this record alone, under another address. */
const DEMO_ADDRESS = 'jdunagan@leclub.example.com';
const KNOWN_AS = { name: 'Jacques Dunagan', email: 'jacques@le-club.example' };
/** Another, of whom the hub knows nothing. */
const STRANGER = 'tina@opensides.example.com';
const katharina = single.messages[0]!.from;

const test = base.extend<{ demoLead: number }>({
  demoLead: async ({ odoo }, use) => use(await leadOf(odoo, DEMO_ADDRESS)),
  seed: async ({ api, odoo, demoLead }, use) => {
    const person = {
      id: newId(),
      name: KNOWN_AS.name,
      emails: [KNOWN_AS.email],
      externalIds: [recordOf(odoo, demoLead)],
      stage: 'mql' as const,
    };
    answerOf(await api.ingestPeople({ body: { people: [person] } }));
    await use();
  },
  context: async ({ context, odoo }, use) => {
    await switchOn(context, 'odoo', odoo.url);
    await use(context);
  },
});

test('a lead’s form shows whose record it is, whatever address stands in it', async ({
  context,
  odoo,
  demoLead,
  wire,
}) => {
  const page = await openOdoo(await context.newPage(), odoo, `/odoo/crm.lead/${demoLead}`);
  await formOf(page, DEMO_ADDRESS);
  await panelWithContext(page, KNOWN_AS.name);
  await page.locator('.o_form_view [name="email_from"] input').fill('somebody@else.test');
  await page.keyboard.press('Tab');
  await expect(page.locator('.o_form_dirty')).toBeVisible();
  expect(await leadShown(page)).toBe(KNOWN_AS.name);
  expect(JSON.stringify(wire.seen)).not.toContain('somebody@else.test');
  expect(JSON.stringify(wire.seen)).not.toContain(DEMO_ADDRESS);
});

test('a lead known by address is found in a form for reading, too', async ({ context, odoo }) => {
  const id = await idOf(odoo, 'res.partner', 'email', katharina.email);
  const page = await openOdoo(await context.newPage(), odoo, `/odoo/res.partner/${id}`, READER);
  const field = page.locator('.o_form_view .o_field_widget[name="email"]');
  await expect(field.locator('a')).toHaveText(katharina.email);
  await expect(field.locator('input')).toHaveCount(0);
  await panelWithContext(page, katharina.name);
});

test('somebody the hub does not know shows nothing and is told to nobody', async ({
  context,
  odoo,
  demoLead,
  wire,
}) => {
  const page = await openOdoo(
    await context.newPage(),
    odoo,
    `/odoo/crm.lead/${await leadOf(odoo, STRANGER)}`,
  );
  await formOf(page, STRANGER);
  // A lead afterwards: when their panel stands, everything before it has been dealt with.
  await page.goto(`${odoo.url}/odoo/crm.lead/${demoLead}`);
  await panelWithContext(page, KNOWN_AS.name);
  expect(lookedUp(wire.seen)).toEqual([{ record: recordOf(odoo, demoLead) }]);
  expect(JSON.stringify(wire.seen)).not.toContain(STRANGER);
});

test('the panel follows through list, form and pager, and never shows the lead before', async ({
  context,
  odoo,
}) => {
  const page = await openOdoo(await context.newPage(), odoo, '/odoo/crm');
  await test.step('the board shows nobody’s panel', async () => {
    await page.locator('article.o_kanban_record').first().waitFor();
    expect(await leadShown(page)).toBeNull();
  });
  await test.step('the list marks its leads, and no other row', async () => {
    await page.locator('.o_switch_view.o_list').click();
    const known = page.locator('tr.o_data_row').filter({ hasText: 'NL-300' });
    await expect(known.locator('tandem-badge')).toHaveCount(leads.length);
    await expect(page.locator('tandem-badge')).toHaveCount(leads.length);
    expect(await leadShown(page)).toBeNull();
  });
  await test.step('the pager goes from lead to lead, known or not', async () => {
    const { name: opportunity } = leads.find(({ contact_name: contact }) => contact === katharina.name)!;
    await page.locator('tr.o_data_row').filter({ hasText: opportunity }).locator('td[name="name"]').click();
    await panelWithContext(page, katharina.name);
    for (let step = 0; step < leads.length + 1; step++) {
      const before = await titleOf(page);
      await page.locator('.o_pager_next').click();
      await expect.poll(() => titleOf(page)).not.toBe(before);
      const title = await titleOf(page);
      const expected = leads.find(({ name }) => name === title)?.contact_name ?? null;
      await expect.poll(() => leadShown(page)).toBe(expected);
    }
  });
  await test.step('back in the list the panel is gone', async () => {
    await page.locator('.o_back_button a').click();
    await page.locator('tr.o_data_row').first().waitFor();
    await expect.poll(() => leadShown(page)).toBeNull();
  });
});

test('the panel stands beside a real lead and covers none of it', async ({ context, odoo }) => {
  const id = await leadOf(odoo, katharina.email);
  const page = await openOdoo(await context.newPage(), odoo, `/odoo/crm/${id}`);
  await panelWithContext(page, katharina.name);
  const panel = await (await (await panelOf(page)).frameElement()).boundingBox();
  const form = await page.locator('.o_form_view').boundingBox();
  expect(form!.x + form!.width).toBeLessThanOrEqual(panel!.x);
  await page.screenshot({ path: 'test-results/peer-odoo.png' });
});

const formOf = (page: Page, address: string) =>
  page.locator(`.o_form_view [name="email_from"] a[href="mailto:${address}"]`).waitFor({ state: 'attached' });

const titleOf = (page: Page) => page.locator('.o_last_breadcrumb_item').innerText();

const recordOf = ({ tenant }: Odoo, id: number) => ({
  system: 'odoo',
  tenant,
  type: 'crm.lead',
  id: String(id),
});
