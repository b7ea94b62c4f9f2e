import { z } from 'zod';
import type { SourceTouchpoint } from '../connector.ts';
import { nameOf, of } from './api.ts';
import { campaignOf, eventCampaign, wantsEvents } from './campaigns.ts';
import { part } from './parts.ts';
import type { OdooSettings } from './settings.ts';
import { addressIn, named, odooMoment, value } from './values.ts';

/** So long staff may take to tick off who came. */
const TICKED_OFF_MS = 2 * 24 * 3_600_000;

const Registration = z.object({
  id: value.id,
  state: value.text,
  email: value.text,
  partner_id: value.number,
  create_date: value.moment,
  date_closed: value.moment,
  write_date: value.moment,
  event_id: value.one({
    display_name: value.text,
    address_id: value.number,
    date_end: value.moment,
    seats_used: value.number,
  }),
});
type Registration = z.infer<typeof Registration>;

const registrationPart = {
  model: 'event.registration',
  fields: {
    ...Object.fromEntries(Object.keys(Registration.shape).map((name) => [name, null])),
    event_id: of('event.event', { display_name: null, address_id: null, date_end: null, seats_used: null }),
  },
  row: Registration,
  wanted: wantsEvents,
};

export const registrations = part<Registration, SourceTouchpoint>({
  ...registrationPart,
  domain: () => [['state', 'in', ['open', 'done']]],
  items: (registration) => {
    const attendedAt = registration.date_closed ?? registration.write_date;
    return [
      ...ofEvent(registration, 'event.registered', registration.create_date),
      ...ofEvent(registration, 'event.attended', registration.state === 'done' ? attendedAt : undefined),
    ];
  },
});

/** Nobody writes down who did not come, so nothing changes when it becomes true: it is asked for by time. */
export const noShows = part<Registration, SourceTouchpoint>({
  ...registrationPart,
  domain: ({ now }) => [
    ['state', '=', 'open'],
    ['event_id.date_end', '<', odooMoment(new Date(now.getTime() - TICKED_OFF_MS))],
  ],
  changed: (since) => [['event_id.date_end', '>=', odooMoment(new Date(since.getTime() - TICKED_OFF_MS))]],
  items: (registration) => {
    // Where nobody was ticked off nobody was counted.
    const isCounted = (registration.event_id?.seats_used ?? 0) > 0;
    return isCounted ? ofEvent(registration, 'event.no_show', registration.event_id?.date_end) : [];
  },
});

function ofEvent(
  { id, email, partner_id: partner, event_id: event }: Registration,
  kind: 'event.registered' | 'event.attended' | 'event.no_show',
  occurredAt: string | undefined,
): SourceTouchpoint[] {
  const address = addressIn(email);
  const record = partner === undefined ? undefined : { type: 'res.partner', id: String(partner) };
  const person = address === undefined ? record && { record } : { email: address };
  if (!event || !person || occurredAt === undefined) return [];
  return [
    {
      person,
      kind,
      channel: 'event',
      direction: 'inbound',
      title: event.display_name ?? '',
      campaign: eventCampaign(event),
      occurredAt,
      machine: false,
      sourceId: `event.registration/${id}/${kind.slice('event.'.length)}`,
    },
  ];
}

const Origin = z.object({
  id: value.id,
  name: value.text,
  create_date: value.moment,
  campaign_id: named,
  medium_id: named,
});

/** How a lead came in, where a campaign is said to have brought it. */
export const origins = part<z.infer<typeof Origin>, SourceTouchpoint>({
  model: 'crm.lead',
  fields: {
    name: null,
    create_date: null,
    campaign_id: nameOf('utm.campaign'),
    medium_id: nameOf('utm.medium'),
  },
  row: Origin,
  archived: true,
  domain: () => [['campaign_id', '!=', false]],
  items: ({ id, name, create_date: at, campaign_id: campaign, medium_id: medium }) => {
    if (!campaign || at === undefined) return [];
    // Odoo's own forms say so; anything else may have been typed in after a call.
    const isForm = medium?.display_name === 'Website';
    return [
      {
        person: { record: { type: 'crm.lead', id: String(id) } },
        kind: isForm ? 'form.submitted' : 'custom',
        channel: isForm ? 'web' : 'other',
        direction: 'inbound',
        title: name ?? '',
        campaign: campaignOf('utm.campaign', campaign, 'other'),
        occurredAt: at,
        machine: false,
        sourceId: `crm.lead/${id}/created`,
      },
    ];
  },
});

const wantsMeetings = ({ meetings }: OdooSettings) => meetings;

const Call = z.object({
  id: value.id,
  date: value.moment,
  res_id: value.number,
  subject: value.text,
  mail_activity_type_id: named,
});

/** An activity that is done leaves a message, in every version; the activity itself only in some. */
export const calls = part<z.infer<typeof Call>, SourceTouchpoint>({
  model: 'mail.message',
  fields: {
    date: null,
    res_id: null,
    subject: null,
    mail_activity_type_id: nameOf('mail.activity.type'),
  },
  row: Call,
  wanted: wantsMeetings,
  domain: () => [
    ['model', '=', 'crm.lead'],
    ['mail_activity_type_id.category', '=', 'phonecall'],
  ],
  items: ({ id, date, res_id: lead, subject, mail_activity_type_id: type }) =>
    date === undefined || lead === undefined
      ? []
      : [
          {
            person: { record: { type: 'crm.lead', id: String(lead) } },
            kind: 'call',
            channel: 'phone',
            direction: 'outbound',
            title: subject ?? type?.display_name ?? '',
            occurredAt: date,
            machine: false,
            sourceId: `mail.message/${id}`,
          },
        ],
});

const Meeting = z.object({
  id: value.id,
  name: value.text,
  start: value.moment,
  opportunity_id: value.number,
});

/** Meetings that are over. Cancelled ones are archived; private ones are nobody's business. */
export const meetings = part<z.infer<typeof Meeting>, SourceTouchpoint>({
  model: 'calendar.event',
  fields: { name: null, start: null, opportunity_id: null },
  row: Meeting,
  wanted: wantsMeetings,
  domain: ({ now }) => [
    ['opportunity_id', '!=', false],
    ['privacy', '!=', 'private'],
    ['stop', '<', odooMoment(now)],
  ],
  changed: (since) => ['|', ['write_date', '>=', odooMoment(since)], ['stop', '>=', odooMoment(since)]],
  items: ({ id, name, start, opportunity_id: lead }) =>
    start === undefined || lead === undefined
      ? []
      : [
          {
            person: { record: { type: 'crm.lead', id: String(lead) } },
            kind: 'meeting',
            channel: 'other',
            direction: 'outbound',
            title: name ?? '',
            occurredAt: start,
            machine: false,
            sourceId: `calendar.event/${id}`,
          },
        ],
});
