import { z } from 'zod';
import { isSharedAddress } from '../../../utils/domain/shared-address.ts';
import type { Pull, SourcePerson, SourceRecord } from '../connector.ts';
import { type Domain, type Fields, nameOf, type Odoo, of, openOdoo } from './api.ts';
import { PAGE_SIZE } from './parts.ts';
import type { OdooSettings } from './settings.ts';
import { addressIn, named, odooMoment, value } from './values.ts';

/** Of one person; the contract takes no more. */
const MAX_OTHERS = 10;

const Lead = z.object({
  id: value.id,
  active: value.yesNo,
  type: value.text,
  name: value.text,
  contact_name: value.text,
  partner_name: value.text,
  partner_id: value.one({ display_name: value.text, is_company: value.yesNo, email_normalized: value.text }),
  email_normalized: value.text,
  email_from: value.text,
  function: value.text,
  phone: value.text,
  mobile: value.text,
  country_id: value.one({ code: value.text }),
  user_id: value.one({ email: value.text, login: value.text }),
  stage_id: named,
  lang_code: value.text,
  probability: value.number,
  lost_reason_id: named,
  tag_ids: value.many({ display_name: value.text }),
  campaign_id: named,
  medium_id: named,
  source_id: named,
  write_date: value.moment,
});
type Lead = z.infer<typeof Lead>;

const FIELDS: Fields = {
  ...Object.fromEntries(Object.keys(Lead.shape).map((name) => [name, null])),
  partner_id: of('res.partner', { display_name: null, is_company: null, email_normalized: null }),
  country_id: of('res.country', { code: null }),
  user_id: of('res.users', { email: null, login: null }),
  stage_id: nameOf('crm.stage'),
  lost_reason_id: nameOf('crm.lost.reason'),
  tag_ids: nameOf('crm.tag'),
  campaign_id: nameOf('utm.campaign'),
  medium_id: nameOf('utm.medium'),
  source_id: nameOf('utm.source'),
};

const Changed = z.object({ id: value.id, email_normalized: value.text });

/**
 * Leads and opportunities, which are one model. Somebody may have several, one for each deal: they are one person's, so
 * with those that have changed come the others of the same address. Its pages go by id as those of parts.ts do.
 * Addresses in copy (`email_cc`) are other people's and left out, as is the history of stages: what counts is the
 * present one.
 */
export const pullPeople: Pull<OdooSettings, SourcePerson> = async (io, { since, cursor }) => {
  const odoo = await openOdoo(io, cursor);
  const fields = String(cursor?.['fields'] ?? (await odoo.known('crm.lead', Object.keys(FIELDS))).join());
  const after = Number(cursor?.['after'] ?? 0);
  const written = since === null ? [] : [['write_date', '>=', odooMoment(since)]];
  const query = { model: 'crm.lead', archived: true };
  const { rows, total } = await odoo.search(
    { ...query, domain: written, fields: { email_normalized: null }, after, limit: PAGE_SIZE },
    Changed,
  );
  const last = rows.length < PAGE_SIZE ? undefined : rows.at(-1)?.id;
  const leads = rows.length === 0 ? [] : await withTheirOthers(odoo, rows, fields);
  return {
    items: Map.groupBy(leads, whoseOf).values().map(personOf).toArray(),
    next: last === undefined ? null : { ...odoo.keep, after: last, fields },
    ...(total !== undefined && { total }),
  };
};

async function withTheirOthers(
  odoo: Odoo,
  changed: readonly z.infer<typeof Changed>[],
  fields: string,
): Promise<Lead[]> {
  const emails = [...new Set(changed.flatMap(({ email_normalized: email }) => email ?? []))];
  const domain: Domain = ['|', ['id', 'in', changed.map(({ id }) => id)], ['email_normalized', 'in', emails]];
  const wanted = Object.fromEntries(fields.split(',').map((name) => [name, FIELDS[name] ?? null]));
  const query = { model: 'crm.lead', domain, fields: wanted, archived: true };
  return (await odoo.search({ ...query, after: 0, limit: 4 * PAGE_SIZE }, Lead)).rows;
}

/** Leads of one address are one person's, unless several people read it and the names differ. */
function whoseOf({ id, email_normalized: email, contact_name: name }: Lead): string {
  if (email === undefined) return `#${id}`;
  return isSharedAddress(email) ? `${email} ${name ?? ''}` : email;
}

/** What the newest lead says that is not lost, and the records of all. */
function personOf(leads: readonly Lead[]): SourcePerson {
  const [first, ...others] = leads;
  const lead = leads.findLast((one) => !isLost(one)) ?? leads.at(-1);
  if (!first || !lead) throw new Error('Nobody without a lead.');
  const { partner_id: partner } = lead;
  const contact = partner?.is_company === false ? partner : undefined;
  const email = addressIn(lead.email_normalized, lead.email_from);
  const company = lead.partner_name ?? (partner?.is_company ? partner.display_name : undefined);
  const phone = [lead.phone, lead.mobile].find((number) => number !== undefined && number.length <= 64);
  const owner = addressIn(lead.user_id?.email, lead.user_id?.login);
  const language = (['de', 'en'] as const).find((code) => lead.lang_code?.startsWith(code));
  const status = statusOf(lead);
  // Others' addresses may lead to the same contact, who is then not known to be this one.
  const isTheirs = contact !== undefined && email !== undefined && contact.email_normalized === email;
  const otherRecords: SourceRecord[] = [
    ...(isTheirs ? [{ type: 'res.partner', id: String(contact.id) }] : []),
    ...others.toReversed().map(({ id }) => ({ type: 'crm.lead', id: String(id) })),
  ];
  return {
    // By the first one the person is known: it stays what it is when others come.
    record: { type: 'crm.lead', id: String(first.id) },
    ...(otherRecords.length > 0 && { otherRecords: otherRecords.slice(0, MAX_OTHERS) }),
    // A lead's own name is its subject, and better than none.
    name: lead.contact_name ?? contact?.display_name ?? company ?? email ?? lead.name ?? `#${lead.id}`,
    emails: email === undefined ? [] : [email],
    ...(company !== undefined && { company }),
    ...(lead.function !== undefined && { title: lead.function }),
    ...(phone !== undefined && { phone }),
    ...(lead.country_id?.code?.length === 2 && { country: lead.country_id.code }),
    ...(language && { language }),
    ...(owner !== undefined && { ownerEmail: owner }),
    ...(status !== undefined && { status }),
    ...(lead.write_date !== undefined && { sourcedAt: lead.write_date }),
    attributes: attributesOf(lead),
  };
}

/** Odoo archives what is lost and leaves it in its stage. */
const isLost = ({ active, probability }: Lead) => !active && probability === 0;
const statusOf = (lead: Lead) => (isLost(lead) ? 'Lost' : lead.stage_id?.display_name);

function attributesOf(lead: Lead): Record<string, string> {
  const tags = lead.tag_ids.map(({ display_name: name }) => name).filter((name) => name !== undefined);
  const attributes = {
    type: lead.type,
    tags: tags.length > 0 ? tags.join(', ') : undefined,
    campaign: lead.campaign_id?.display_name,
    medium: lead.medium_id?.display_name,
    source: lead.source_id?.display_name,
    lostReason: lead.lost_reason_id?.display_name,
  };
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, text]) =>
      text === undefined ? [] : [[name, text.slice(0, 2_000)]],
    ),
  );
}
