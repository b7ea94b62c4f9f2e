import { z } from 'zod';
import { Campaign } from './campaign.ts';
import { Consent, DoNotContact } from './consent.ts';
import { Feedback } from './feedback.ts';
import { EmailAddress, ExternalId, Instant, LocalText, Text } from './primitives.ts';
import { Person } from './person.ts';
import { HandOver } from './hand-over.ts';
import { Offer, PlannedTouch } from './planned-touch.ts';
import { Qualification } from './qualification.ts';
import { StageEvent, StageState } from './stage.ts';
import { Touchpoint, TouchpointKind } from './touchpoint.ts';

/** How fresh one source system is; `problem` says in words why it is not. */
export const SourceStatus = z.object({
  system: z.string().max(64),
  label: Text,
  lastSuccessAt: Instant.nullable(),
  /** In whoever's words it is known, or in both languages. */
  problem: z.union([LocalText, Text]).optional(),
  /** What it delivers; absent: perhaps anything. While it is silent, their absence proves nothing. */
  kinds: z.array(TouchpointKind).optional(),
});
export type SourceStatus = z.infer<typeof SourceStatus>;

/** Everything the panel shows about one lead. */
export const LeadContext = z.object({
  person: Person,
  stage: StageState,
  /** All moves, newest first, at most `CONTEXT_STAGE_EVENTS`. */
  stageEvents: z.array(StageEvent),
  qualification: Qualification,
  /** The latest hand-over to sales, open or closed. */
  handOver: HandOver.optional(),
  /** What is due within `PLANNED_DAYS`, the next one first. */
  plannedTouches: z.array(PlannedTouch),
  /** Those that run now. */
  offers: z.array(Offer),
  /** The agreement all of this was judged by. */
  agreement: z.object({ version: z.int().positive(), validUntil: Instant, expired: z.boolean() }),
  consents: z.array(Consent),
  doNotContact: DoNotContact.optional(),
  /** The latest touchpoints, newest first, at most `CONTEXT_TOUCHPOINTS`. */
  touchpoints: z.array(Touchpoint),
  /** All touchpoints ever, so that a cut list says so. */
  touchpointCount: z.int().nonnegative(),
  /** The campaigns that `touchpoints` name. */
  campaigns: z.array(Campaign),
  /** Feedback on this lead, newest first. */
  feedback: z.array(Feedback),
  sources: z.array(SourceStatus),
  /** When the hub put this together. */
  asOf: Instant,
});
export type LeadContext = z.infer<typeof LeadContext>;

export const CONTEXT_TOUCHPOINTS = 60;
export const CONTEXT_STAGE_EVENTS = 30;
export const PLANNED_DAYS = 90;

/** Look-up by address or by a record of another system. */
export const ContextQuery = z.union([z.object({ email: EmailAddress }), z.object({ record: ExternalId })]);
export type ContextQuery = z.infer<typeof ContextQuery>;

export const MAX_LOOK_UPS = 50;
export const ContextRequest = z.object({ queries: z.array(ContextQuery).min(1).max(MAX_LOOK_UPS) });
export type ContextRequest = z.infer<typeof ContextRequest>;

/** One answer per query, in the order asked; `null` where nobody is known. */
export const ContextResponse = z.object({ contexts: z.array(LeadContext.nullable()) });
export type ContextResponse = z.infer<typeof ContextResponse>;
