import { z } from 'zod';
import type { Pull, SourcePlannedTouch } from '../connector.ts';
import { SourceError } from '../source-error.ts';
import { type Fields, nameOf, type Odoo, of, openOdoo } from './api.ts';
import { mailingCampaign } from './campaigns.ts';
import { PAGE_SIZE } from './parts.ts';
import { parsePythonList } from './python-literal.ts';
import type { OdooSettings } from './settings.ts';
import { addressIn, named, value } from './values.ts';

const Mailing = z.object({
  id: value.id,
  display_name: value.text,
  schedule_date: value.moment,
  campaign_id: named,
  mailing_model_real: value.text,
  mailing_domain: value.text,
  use_exclusion_list: value.yesNo,
  ab_testing_enabled: value.yesNo,
  contact_list_ids: value.ids,
});
type Mailing = z.infer<typeof Mailing>;
const MAILING_FIELDS: Fields = {
  ...Object.fromEntries(Object.keys(Mailing.shape).map((name) => [name, null])),
  campaign_id: nameOf('utm.campaign'),
};

const Recipient = z.object({
  id: value.id,
  email_normalized: value.text,
  is_blacklisted: value.yesNo,
  subscription_ids: value.many({ list_id: value.number, opt_out: value.yesNo }),
});
type Recipient = z.infer<typeof Recipient>;
const RECIPIENT_FIELDS: Fields = { email_normalized: null, is_blacklisted: null };

/** The models whose records have one address, in the same field. */
const RECIPIENT_MODELS = ['crm.lead', 'res.partner', 'mailing.contact'];

/**
 * Who is due to get the mailings that wait in the queue, found as Odoo finds them when it sends: by the mailing's domain,
 * without those who are on the blacklist or have left its lists. Left out are mailings to other models (their
 * recipients have no address of their own), and tests of variants, whose recipients Odoo draws by lot.
 */
export const pullPlanned: Pull<OdooSettings, SourcePlannedTouch> = async (io, { cursor }) => {
  if (!io.settings.mailings) return { items: [], next: null };
  const odoo = await openOdoo(io, cursor);
  const current = Number(cursor?.['mailing'] ?? 0);
  const after = Number(cursor?.['after'] ?? 0);
  const mailing = await nextMailing(odoo, current);
  if (!mailing) return { items: [], next: null };
  const next = { ...odoo.keep, mailing: mailing.id + 1, after: 0 };
  const query = recipientQuery(mailing);
  if (!query) return { items: [], next };
  const found = await odoo.search(
    { ...query, after: mailing.id === current ? after : 0, limit: PAGE_SIZE },
    Recipient,
  );
  const last = found.rows.length < PAGE_SIZE ? undefined : found.ids.at(-1);
  return {
    items: found.rows
      .filter((recipient) => isReached(mailing, recipient))
      .flatMap((recipient) => touchOf(mailing, query.model, recipient, io.now())),
    next: last === undefined ? next : { ...next, mailing: mailing.id, after: last },
  };
};

/** The first one from this number on that waits in the queue. */
async function nextMailing(odoo: Odoo, from: number): Promise<Mailing | undefined> {
  try {
    const { rows } = await odoo.search(
      {
        model: 'mailing.mailing',
        domain: [
          ['state', '=', 'in_queue'],
          ['mailing_type', '=', 'mail'],
        ],
        fields: MAILING_FIELDS,
        after: from - 1,
        limit: 1,
      },
      Mailing,
    );
    return rows[0];
  } catch (error) {
    // E-mail marketing is not installed: nothing is planned.
    if (error instanceof SourceError && error.failure === 'not-found') return undefined;
    throw error;
  }
}

function recipientQuery({
  mailing_model_real: model,
  mailing_domain: domain,
  ab_testing_enabled: isTest,
}: Mailing) {
  const parsed = parsePythonList(domain ?? '[]');
  if (isTest || parsed === undefined || model === undefined || !RECIPIENT_MODELS.includes(model))
    return undefined;
  const lists = of('mailing.subscription', { list_id: null, opt_out: null });
  const fields =
    model === 'mailing.contact' ? { ...RECIPIENT_FIELDS, subscription_ids: lists } : RECIPIENT_FIELDS;
  return { model, domain: parsed, fields };
}

function isReached(mailing: Mailing, { is_blacklisted: isBlacklisted, subscription_ids: all }: Recipient) {
  if (mailing.use_exclusion_list && isBlacklisted) return false;
  const itsOwn = all.filter(({ list_id: list }) => mailing.contact_list_ids.includes(list ?? 0));
  return itsOwn.length === 0 || itsOwn.some(({ opt_out: hasLeft }) => !hasLeft);
}

function touchOf(
  mailing: Mailing,
  model: string,
  { id, email_normalized: email }: Recipient,
  now: Date,
): SourcePlannedTouch[] {
  const address = addressIn(email);
  if (address === undefined) return [];
  // Without a date it goes out at the queue's next turn.
  const at = mailing.schedule_date ?? new Date(now).toISOString();
  return [
    {
      person: model === 'crm.lead' ? { record: { type: model, id: String(id) } } : { email: address },
      title: mailing.display_name ?? '',
      channel: 'email',
      at,
      editableUntil: at,
      campaign: mailingCampaign(mailing, mailing.campaign_id),
      sourceId: `mailing.mailing/${mailing.id}/${model}/${id}`,
      cancelled: false,
    },
  ];
}
