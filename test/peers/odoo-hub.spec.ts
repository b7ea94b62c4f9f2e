import { expect } from '@playwright/test';
import { v7 as newId } from 'uuid';
import { panelWithContext } from '../../demo/panel.ts';
import { answerOf } from '../support/e2e.ts';
import type { HubClient } from '../../utils/extension/hub-client.ts';
import type { Odoo } from './odoo.ts';
import { odooClient } from './odoo-client.ts';
import { MAILING } from './odoo-data.ts';
import { openOdoo, storeLead } from './odoo-page.ts';
import { switchOn, test as base } from './peers.ts';

/** Only Odoo knows her, until the hub has asked it. Each test has one of its own: one address is one person. */
const INES = { name: 'Ines Falk', company: 'Falk Logistik' };

const test = base.extend<{ email: string; lead: number }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs from the pattern
  email: async ({}, use) => use(`${newId()}@falk-logistik.example`),
  lead: async ({ odoo, email }, use) => use(await storeInes(odoo, email)),
  seed: async ({ api, odoo, lead: _first }, use) => {
    const settings = { url: odoo.url, apiKey: odoo.apiKey };
    answerOf(await api.createSource({ body: { system: 'odoo', settings } }));
    await use();
  },
  context: async ({ context, odoo }, use) => {
    await switchOn(context, 'odoo', odoo.url);
    await use(context);
  },
});

test('a lead’s page in Odoo shows what Odoo’s mailings did, and the verdict there is a note in its chatter', async ({
  context,
  api,
  odoo,
  lead,
}) => {
  await everythingIn(api);
  const page = await openOdoo(await context.newPage(), odoo, `/odoo/crm/${lead}`);
  const panel = await panelWithContext(page, INES.name);
  await expect(panel.getByText(INES.company).first()).toBeVisible();
  await expect(panel.getByText(MAILING.campaign).first()).toBeVisible();
  await expect(panel.getByText(MAILING.subject).first()).toBeVisible();
  // The stage that is new there stands for a lead here.
  await expect(panel.locator('q').filter({ hasText: 'New' })).toBeVisible();

  await panel.getByRole('button', { name: 'Accept', exact: true }).click();
  const note = page.locator('.o-mail-Chatter .o-mail-Message').filter({ hasText: 'Accept' });
  // Odoo shows its open pages what others write when they are opened anew.
  await expect(async () => {
    await page.reload();
    await expect(note).toHaveCount(1, { timeout: 10_000 });
  }).toPass();
  await page.screenshot({ path: 'test-results/peer-odoo-note.png' });
});

test('a hub that is ended in the midst goes on where it was, and brings in what is new', async ({
  hub,
  api,
  odoo,
  email,
  lead,
  seed: _source,
}) => {
  await expect.poll(async () => (await odooSource(api))?.progress.length ?? 0).toBeGreaterThan(0);
  // One that is killed holds its source for minutes longer; that is tested on the fakes.
  await hub.stop('SIGTERM');
  await odooClient(odoo.port)('crm.lead', 'write', [[lead], { function: 'Head of Logistics' }]);
  await hub.restart();
  await everythingIn(api);
  await expect
    .poll(async () => {
      answerOf(await api.syncSource({ params: { system: 'odoo' }, body: {} }));
      const queries = [{ email }];
      return answerOf(await api.context({ body: { queries } })).contexts[0]?.person.title;
    })
    .toBe('Head of Logistics');
});

const odooSource = async (api: HubClient) => answerOf(await api.sources()).sources[0];

const everythingIn = (api: HubClient) =>
  expect
    .poll(async () => (await odooSource(api))?.completeSince ?? null, { timeout: 120_000 })
    .not.toBeNull();

async function storeInes(odoo: Odoo, email: string): Promise<number> {
  const admin = odooClient(odoo.port);
  const [mailing] = await admin<number[]>('mailing.mailing', 'search', [[['subject', '=', MAILING.subject]]]);
  const { name, company } = INES;
  const lead = await storeLead(odoo, name, email, { partner_name: company });
  await admin('mailing.trace', 'create', [
    {
      ...{ mass_mailing_id: mailing, model: 'crm.lead', res_id: lead, email, trace_status: 'open' },
      ...{ sent_datetime: MAILING.sentAt, open_datetime: MAILING.openedAt },
    },
  ]);
  return lead;
}
