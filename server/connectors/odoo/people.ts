import { z } from 'zod';
import type { SourcePerson } from '../connector.ts';
import { nameOf, of } from './api.ts';
import { part, pullParts } from './parts.ts';
import { addressIn, named, value } from './values.ts';

const Lead = z.object({
  id: value.id,
  active: value.yesNo,
  type: value.text,
  name: value.text,
  contact_name: value.text,
  partner_name: value.text,
  partner_id: value.one({ display_name: value.text, is_company: value.yesNo }),
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

/**
 * Leads and opportunities, which are one model. Addresses in copy (`email_cc`) are other people's and left out, as is
 * the history of stages: what counts is the present one.
 */
export const pullPeople = pullParts([
  part({
    model: 'crm.lead',
    fields: {
      ...Object.fromEntries(Object.keys(Lead.shape).map((name) => [name, null])),
      partner_id: of('res.partner', { display_name: null, is_company: null }),
      country_id: of('res.country', { code: null }),
      user_id: of('res.users', { email: null, login: null }),
      stage_id: nameOf('crm.stage'),
      lost_reason_id: nameOf('crm.lost.reason'),
      tag_ids: nameOf('crm.tag'),
      campaign_id: nameOf('utm.campaign'),
      medium_id: nameOf('utm.medium'),
      source_id: nameOf('utm.source'),
    },
    row: Lead,
    archived: true,
    items: (lead) => [personOf(lead)],
  }),
]);

function personOf(lead: Lead): SourcePerson {
  const { partner_id: partner } = lead;
  const contact = partner?.is_company === false ? partner : undefined;
  const email = addressIn(lead.email_normalized, lead.email_from);
  const company = lead.partner_name ?? (partner?.is_company ? partner.display_name : undefined);
  const phone = [lead.phone, lead.mobile].find((number) => number !== undefined && number.length <= 64);
  const owner = addressIn(lead.user_id?.email, lead.user_id?.login);
  const language = (['de', 'en'] as const).find((code) => lead.lang_code?.startsWith(code));
  const status = statusOf(lead);
  return {
    record: { type: 'crm.lead', id: String(lead.id) },
    // A company is many people's: it would make one of them all.
    ...(contact && { otherRecords: [{ type: 'res.partner', id: String(contact.id) }] }),
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
const statusOf = ({ active, probability, stage_id: stage }: Lead) =>
  !active && probability === 0 ? 'Lost' : stage?.display_name;

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
