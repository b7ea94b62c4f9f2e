import { z } from 'zod';
import { CampaignKind } from './campaign.ts';
import { EmailAddress, ExternalId, Id, Instant, Label, Text } from './primitives.ts';
import { Channel } from './touchpoint.ts';

/** What a person is due to receive. */
export const PlannedTouch = z.object({
  id: Id,
  campaignId: Id.optional(),
  campaignName: Text.optional(),
  title: Text,
  channel: Channel,
  at: Instant,
  /** Until then it can be held. */
  editableUntil: Instant,
  source: z.string().max(64),
});
export type PlannedTouch = z.infer<typeof PlannedTouch>;

/** As a source knows it; unique by source and source id. Sent again with `cancelled` it is gone. */
export const NewPlannedTouch = PlannedTouch.omit({ campaignId: true, campaignName: true }).extend({
  person: z.union([z.object({ email: EmailAddress }), z.object({ record: ExternalId })]),
  campaign: z.object({ id: Id, name: Label, kind: CampaignKind, startsAt: Instant.optional() }).optional(),
  sourceId: z.string().min(1).max(256),
  cancelled: z.boolean().default(false),
});
export type NewPlannedTouch = z.infer<typeof NewPlannedTouch>;
export const PlannedTouchBatch = z.object({ plannedTouches: z.array(NewPlannedTouch).min(1).max(1000) });

/** A running promotion or an agreed discount. */
export const Offer = z.object({
  id: Id,
  title: Label,
  details: Text.optional(),
  url: z.url().max(2048).optional(),
  validFrom: Instant,
  validTo: Instant,
});
export type Offer = z.infer<typeof Offer>;

/** For whom: everybody, unless countries or a campaign they were in narrow it down. */
export const NewOffer = Offer.extend({
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/))
    .min(1)
    .max(250)
    .optional(),
  campaignId: Id.optional(),
});
export type NewOffer = z.infer<typeof NewOffer>;
export const OfferBatch = z.object({ offers: z.array(NewOffer).min(1).max(200) });
