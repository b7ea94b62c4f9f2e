import { z } from 'zod';
import type { CampaignKind } from '../../../utils/contract/campaign.ts';
import type { SourceCampaign } from '../connector.ts';
import { part, pullParts } from './parts.ts';
import type { OdooSettings } from './settings.ts';
import { value } from './values.ts';

interface Named {
  id: number;
  display_name?: string | undefined;
}

/** How a mailing, a campaign or an event is named as a campaign; touchpoints name it the same. */
export const campaignOf = (model: string, { id, display_name: name }: Named, kind: CampaignKind) => ({
  sourceId: `${model}/${id}`,
  name: name ?? `#${id}`,
  kind,
});

/** A mailing belongs to a campaign, or is one of its own. */
export const mailingCampaign = (mailing: Named, campaign: Named | undefined) =>
  campaign ? campaignOf('utm.campaign', campaign, 'mail') : campaignOf('mailing.mailing', mailing, 'mail');

/** Odoo does not say what an event is, only whether there is somewhere to go. */
export const eventCampaign = (event: Named & { address_id?: number | undefined }) =>
  campaignOf('event.event', event, event.address_id === undefined ? 'webinar' : 'trade_fair');

export const wantsMailings = ({ mailings }: OdooSettings) => mailings;
export const wantsEvents = ({ events }: OdooSettings) => events;

const Campaign = z.object({ id: value.id, display_name: value.text, mailing_mail_ids: value.ids });
const Mailing = z.object({
  id: value.id,
  display_name: value.text,
  sent_date: value.moment,
  schedule_date: value.moment,
});
const Event = z.object({
  id: value.id,
  display_name: value.text,
  address_id: value.number,
  date_begin: value.moment,
  date_end: value.moment,
});

const plain = (shape: Record<string, unknown>) =>
  Object.fromEntries(Object.keys(shape).map((name) => [name, null]));

export const pullCampaigns = pullParts<SourceCampaign>([
  part({
    model: 'utm.campaign',
    fields: plain(Campaign.shape),
    row: Campaign,
    archived: true,
    items: (campaign) => [
      campaignOf('utm.campaign', campaign, campaign.mailing_mail_ids.length > 0 ? 'mail' : 'other'),
    ],
  }),
  part({
    model: 'mailing.mailing',
    fields: plain(Mailing.shape),
    row: Mailing,
    archived: true,
    wanted: wantsMailings,
    domain: () => [
      ['campaign_id', '=', false],
      ['mailing_type', '=', 'mail'],
      ['state', '!=', 'draft'],
    ],
    items: (mailing) => {
      const startsAt = mailing.sent_date ?? mailing.schedule_date;
      return [{ ...mailingCampaign(mailing, undefined), ...(startsAt !== undefined && { startsAt }) }];
    },
  }),
  part({
    model: 'event.event',
    fields: plain(Event.shape),
    row: Event,
    archived: true,
    wanted: wantsEvents,
    items: (event) => [
      {
        ...eventCampaign(event),
        ...(event.date_begin !== undefined && { startsAt: event.date_begin }),
        ...(event.date_end !== undefined && { endsAt: event.date_end }),
      },
    ],
  }),
]);
