import { z } from 'zod';
import type { SourceTouchpoint } from '../connector.ts';
import { nameOf, of } from './api.ts';
import { mailingCampaign, wantsMailings } from './campaigns.ts';
import { part } from './parts.ts';
import { addressIn, named, value } from './values.ts';

const recipient = {
  email: value.text,
  model: value.text,
  res_id: value.number,
  mass_mailing_id: named,
  campaign_id: named,
};
const recipientFields = {
  email: null,
  model: null,
  res_id: null,
  mass_mailing_id: nameOf('mailing.mailing'),
  campaign_id: nameOf('utm.campaign'),
};
type Recipient = z.infer<ReturnType<typeof z.object<typeof recipient>>>;

const Trace = z.object({
  id: value.id,
  ...recipient,
  trace_status: value.text,
  sent_datetime: value.moment,
  open_datetime: value.moment,
  reply_datetime: value.moment,
  links_click_datetime: value.moment,
  links_click_ids: value.ids,
  write_date: value.moment,
});
type Trace = z.infer<typeof Trace>;

/** One for each mailing and recipient, and in it what became of it so far. */
export const traces = part<Trace, SourceTouchpoint>({
  model: 'mailing.trace',
  fields: {
    ...Object.fromEntries(Object.keys(Trace.shape).map((name) => [name, null])),
    ...recipientFields,
  },
  row: Trace,
  wanted: wantsMailings,
  domain: () => [
    ['trace_type', '=', 'mail'],
    ['is_test_trace', '=', false],
    ['mass_mailing_id', '!=', false],
  ],
  items: (trace) => {
    const about = aboutRecipient(trace);
    if (!about) return [];
    const happened = [
      { kind: 'email.sent', at: trace.sent_datetime, direction: 'outbound' },
      { kind: 'email.opened', at: trace.open_datetime, direction: 'inbound' },
      { kind: 'email.replied', at: trace.reply_datetime, direction: 'inbound' },
      // Of the last click only. Clicks have rows of their own, but not those from before links were tracked.
      {
        kind: 'email.clicked',
        at: trace.links_click_ids.length === 0 ? trace.links_click_datetime : undefined,
        direction: 'inbound',
      },
      // When it came back is not kept; what is said first stays.
      {
        kind: 'email.bounced',
        at: trace.trace_status === 'bounce' ? trace.write_date : undefined,
        direction: 'outbound',
      },
    ] as const;
    return happened.flatMap(({ kind, at, direction }) =>
      at === undefined
        ? []
        : [
            {
              ...about,
              kind,
              direction,
              occurredAt: at,
              sourceId: `mailing.trace/${trace.id}/${kind.slice('email.'.length)}`,
            },
          ],
    );
  },
});

const Click = z.object({
  id: value.id,
  create_date: value.moment,
  link_id: value.one({ url: value.text }),
  mailing_trace_id: value.one(recipient),
});

/** Each click on a link, of those in mailings. */
export const clicks = part<z.infer<typeof Click>, SourceTouchpoint>({
  model: 'link.tracker.click',
  fields: {
    create_date: null,
    link_id: of('link.tracker', { url: null }),
    mailing_trace_id: of('mailing.trace', recipientFields),
  },
  row: Click,
  wanted: wantsMailings,
  domain: () => [
    ['mailing_trace_id', '!=', false],
    ['mailing_trace_id.is_test_trace', '=', false],
  ],
  items: ({ id, create_date: at, link_id: link, mailing_trace_id: trace }) => {
    const about = trace && aboutRecipient(trace);
    if (!about || at === undefined) return [];
    const url = z.url().max(2_048).safeParse(link?.url);
    return [
      {
        ...about,
        kind: 'email.clicked',
        direction: 'inbound',
        occurredAt: at,
        ...(url.success && { url: url.data }),
        sourceId: `link.tracker.click/${id}`,
      },
    ];
  },
});

/** Whom a mailing went to, and which it was; undefined when nobody can be told from it. */
function aboutRecipient({ email, model, res_id: id, mass_mailing_id: mailing, campaign_id }: Recipient) {
  const address = addressIn(email);
  const person =
    model === 'crm.lead' && id !== undefined
      ? { record: { type: model, id: String(id) } }
      : address !== undefined && { email: address };
  if (!person || !mailing) return undefined;
  return {
    person,
    channel: 'email' as const,
    title: mailing.display_name ?? '',
    campaign: mailingCampaign(mailing, campaign_id),
    machine: false,
  };
}
