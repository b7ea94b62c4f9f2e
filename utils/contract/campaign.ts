import { z } from 'zod';
import { Id, Instant, Label, Text } from './primitives.ts';

export const CampaignKind = z.enum(['mail', 'webinar', 'trade_fair', 'whitepaper', 'ads', 'phone', 'other']);
export type CampaignKind = z.infer<typeof CampaignKind>;

export const Campaign = z.object({
  id: Id,
  name: Label,
  kind: CampaignKind,
  startsAt: Instant.optional(),
  endsAt: Instant.optional(),
  /** What marketing suggests to say when this campaign comes up. */
  talkingPoints: Text.optional(),
});
export type Campaign = z.infer<typeof Campaign>;
