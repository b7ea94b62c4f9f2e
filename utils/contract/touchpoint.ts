import { z } from 'zod';
import { Id, Instant, Text } from './primitives.ts';

export const TouchpointKind = z.enum([
  'email.sent',
  'email.delivered',
  'email.opened',
  'email.clicked',
  'email.replied',
  'email.bounced',
  'email.complained',
  'email.unsubscribed',
  'form.submitted',
  'page.visited',
  'asset.downloaded',
  'event.registered',
  'event.attended',
  'event.no_show',
  'ad.clicked',
  'webinar.watched',
  'call',
  'meeting',
  'chat',
  'note',
  'custom',
]);
export type TouchpointKind = z.infer<typeof TouchpointKind>;

export const Channel = z.enum(['email', 'web', 'event', 'ads', 'phone', 'chat', 'other']);
export type Channel = z.infer<typeof Channel>;

export const Direction = z.enum(['outbound', 'inbound']);

/**
 * Why an event probably is a machine's: too soon after delivery, a privacy proxy's or a scanner's user agent,
 * many recipients at once, or the source itself says so.
 */
export const MachineReason = z.enum(['too-fast', 'proxy', 'scanner', 'at-once', 'source']);
export type MachineReason = z.infer<typeof MachineReason>;

export const Touchpoint = z.object({
  id: Id,
  kind: TouchpointKind,
  channel: Channel,
  /** outbound: we reached out; inbound: the person did something. */
  direction: Direction,
  campaignId: Id.optional(),
  title: Text,
  /** Marketing's own words on why this one matters. */
  highlight: Text.optional(),
  url: z.url().max(2048).optional(),
  occurredAt: Instant,
  /** Probably a bot or a privacy proxy: shown as such, never counted as engagement. */
  machine: z.boolean(),
  machineReason: MachineReason.optional(),
  source: z.string().max(64),
});
export type Touchpoint = z.infer<typeof Touchpoint>;
