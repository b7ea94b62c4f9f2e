import { createHash } from 'node:crypto';
import { alex } from '../../demo/sample-gmail/mails.ts';
import { cast } from '../../server/sample/cast.ts';
import type { OdooClient } from './odoo-client.ts';

/** Installed with all they depend on. */
export const MODULES = 'crm,contacts,mass_mailing_crm,event_crm';
/** Of the database's users; it lives as long as a test run. */
export const ODOO_PASSWORD = 'admin';
/** The administrator of every new database; Odoo's own number. */
export const ADMIN = 2;

/** The sample's rep, who may do anything. */
export const SELLER = alex;
/** Sees contacts and may change none, so that Odoo shows them their forms for reading. */
export const READER = { name: 'Jonas Petersen', email: 'jonas.petersen@nordlicht.example' };

/** Leads of the sample workspace that Odoo knows too, by the same address. */
const IN_BOTH = ['Katharina Brandt', 'Daniel Hughes', 'Sanne Bakker', 'Markus Ebner', 'Julia Sommer'];
export const leads = cast
  .filter(({ name }) => IN_BOTH.includes(name))
  .map(({ name, company, emails, title, phone }) => ({
    type: 'opportunity',
    name: `${company}: NL-300`,
    contact_name: name,
    partner_name: company,
    email_from: emails[0],
    function: title ?? false,
    phone: phone ?? false,
    user_id: ADMIN,
  }));

/** What the first of them was sent, and did. */
export const MAILING = {
  campaign: 'The cold chain, seen live',
  subject: 'Three trucks, one dashboard',
  sentAt: '2026-10-05 08:00:00',
  openedAt: '2026-10-05 09:12:00',
  clickedAt: '2026-10-05 09:13:00',
  repliedAt: '2026-10-06 07:30:00',
};

/** Makes Odoo's demo company the sample's. */
export async function fillOdoo(odoo: OdooClient): Promise<void> {
  await odoo('res.company', 'write', [[1], { name: 'Nordlicht Systems' }]);
  await odoo('res.users', 'write', [
    [ADMIN],
    { name: SELLER.name, login: SELLER.email, email: SELLER.email },
  ]);
  const everybody = await idOf(odoo, 'base', 'group_user');
  await odoo('res.users', 'create', [
    { name: READER.name, login: READER.email, password: ODOO_PASSWORD, group_ids: [[6, 0, [everybody]]] },
  ]);
  const ids = await odoo<number[]>('crm.lead', 'create', [leads]);
  const contacts = leads.map(({ contact_name: name, email_from: email }) => ({ name, email }));
  await odoo('res.partner', 'create', [contacts]);
  await sendMailing(odoo, ids[0]!);
}

/** Stored as Odoo stores it once it has sent one; no mail leaves this machine. */
async function sendMailing(odoo: OdooClient, lead: number): Promise<void> {
  const campaign = await odoo<number>('utm.campaign', 'create', [{ title: MAILING.campaign }]);
  const model = await idOf(odoo, 'crm', 'model_crm_lead');
  const mailing = await odoo<number>('mailing.mailing', 'create', [
    {
      ...{ subject: MAILING.subject, mailing_model_id: model, campaign_id: campaign },
      ...{ state: 'done', sent_date: MAILING.sentAt, body_html: '<p>Hello</p>' },
    },
  ]);
  const trace = await odoo<number>('mailing.trace', 'create', [
    {
      ...{ mass_mailing_id: mailing, model: 'crm.lead', res_id: lead, email: leads[0]!.email_from },
      ...{ trace_status: 'reply', sent_datetime: MAILING.sentAt, open_datetime: MAILING.openedAt },
      ...{ reply_datetime: MAILING.repliedAt, links_click_datetime: MAILING.clickedAt },
    },
  ]);
  const link = await odoo<number>('link.tracker', 'create', [
    { url: 'https://nordlicht.example/cold-chain' },
  ]);
  await odoo('link.tracker.click', 'create', [{ link_id: link, mailing_trace_id: trace, ip: '203.0.113.7' }]);
}

/** Changes with everything above, for whoever keeps a database made with it. */
export const dataVersion = createHash('sha256')
  .update(JSON.stringify([MODULES, leads, MAILING]) + fillOdoo.toString() + sendMailing.toString())
  .digest('hex')
  .slice(0, 12);

async function idOf(odoo: OdooClient, module: string, name: string): Promise<number> {
  const [found] = await odoo<{ res_id: number }[]>(
    'ir.model.data',
    'search_read',
    [
      [
        ['module', '=', module],
        ['name', '=', name],
      ],
    ],
    { fields: ['res_id'] },
  );
  if (found === undefined) throw new Error(`Odoo has no ${module}.${name}.`);
  return found.res_id;
}
