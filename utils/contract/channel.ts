import { z } from 'zod';
import { Id, Instant, Label, Language, LocalText } from './primitives.ts';

/** What other systems may be told of. */
export const EventKind = z.enum([
  'feedback.created',
  'feedback.answered',
  'feedback.acted',
  'hand_over.created',
  'hand_over.breached',
  'stage.changed',
  'agreement.proposed',
  'agreement.in_force',
  'agreement.ending',
  'digest.sales',
  'digest.marketing',
]);
export type EventKind = z.infer<typeof EventKind>;

export const ChannelKind = z.enum(['webhook', 'slack', 'teams']);
export type ChannelKind = z.infer<typeof ChannelKind>;

/** How an attempt to tell another system ended, in words for people. */
export const Attempt = z.object({ at: Instant, delivered: z.boolean(), words: LocalText });
export type Attempt = z.infer<typeof Attempt>;

/** Another system that is told of events. Its address and its secret never leave the hub. */
export const Channel = z.object({
  id: Id,
  kind: ChannelKind,
  name: Label,
  /** Of its address, to recognise it by. */
  host: z.string(),
  events: z.array(EventKind),
  language: Language,
  /** Whether a webhook says who the lead is; chats always do. */
  includePersonalData: z.boolean(),
  enabled: z.boolean(),
  createdAt: Instant,
  /** Until then deliveries are signed with the secret before the last rotation, too. */
  previousSecretUntil: Instant.optional(),
  lastAttempt: Attempt.optional(),
  /** Several attempts have failed in a row, or the receiver is gone. */
  problem: LocalText.optional(),
});
export type Channel = z.infer<typeof Channel>;

const Events = z.array(EventKind).min(1).max(EventKind.options.length);

export const NewChannel = z.object({
  kind: ChannelKind,
  name: Label.pipe(z.string().max(200)),
  url: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://hooks.example.com/…' })
    .max(2000),
  events: Events,
  language: Language.default('en'),
  includePersonalData: z.boolean().default(false),
});
export type NewChannel = z.infer<typeof NewChannel>;

export const ChannelPatch = z.object({
  name: NewChannel.shape.name.optional(),
  url: NewChannel.shape.url.optional(),
  events: Events.optional(),
  language: Language.optional(),
  includePersonalData: z.boolean().optional(),
  enabled: z.boolean().optional(),
});
export type ChannelPatch = z.infer<typeof ChannelPatch>;

/** Shown this once; `null` for chats, which are not signed. */
export const ChannelWithSecret = z.object({ channel: Channel, secret: z.string().nullable() });

/** One event for one channel; what was said stays out. */
export const Delivery = z.object({
  id: Id,
  channel: z.object({ id: Id, name: Label }),
  kind: EventKind,
  happenedAt: Instant,
  state: z.enum(['waiting', 'delivered', 'dead']),
  attempts: z.int().nonnegative(),
  /** While it waits: the next attempt. */
  dueAt: Instant.optional(),
  lastAttempt: Attempt.optional(),
});
export type Delivery = z.infer<typeof Delivery>;

/** What the hub sends a user by mail. */
export const MySettings = z.object({
  /** The weekly summary. */
  digest: z.boolean(),
  /** `null`: unknown, mails are in English. */
  language: Language.nullable(),
});
export type MySettings = z.infer<typeof MySettings>;
export const MySettingsPatch = z.object({ digest: z.boolean().optional(), language: Language.optional() });
