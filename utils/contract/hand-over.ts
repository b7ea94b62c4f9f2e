import { z } from 'zod';
import { EmailAddress, Id, Instant, Label, LocalText, Text } from './primitives.ts';
import { CriterionResult } from './qualification.ts';

export const Interval = z.object({ from: Instant, to: Instant });
export type Interval = z.infer<typeof Interval>;

/**
 * One promise and its time. Everything a client needs to tell state and time left by itself, at any moment
 * and without a calendar: see `clockState`.
 */
export const Clock = z.object({
  startedAt: Instant,
  /** The working time from the start to `due`, without pauses, oldest first; the sum is what was promised. */
  working: z.array(Interval).max(1000),
  /** When the last quarter of the time begins. */
  atRiskAt: Instant,
  due: Instant,
  /** When the promise was kept, or could no longer matter. */
  stoppedAt: Instant.optional(),
  /** Working time between start and stop, in minutes. */
  tookMinutes: z.number().nonnegative().optional(),
});
export type Clock = z.infer<typeof Clock>;

/** What was seen of the first follow-up; a changed field is none. */
export const FollowUpKind = z.enum(['mail', 'call', 'meeting', 'click']);
export type FollowUpKind = z.infer<typeof FollowUpKind>;

export const Pause = z.object({
  from: Instant,
  to: Instant,
  /** A pause reason of the agreement. */
  reason: z.string().max(64),
  comment: Text.optional(),
  by: z.object({ id: Id, name: Label }),
});
export type Pause = z.infer<typeof Pause>;

export const Escalation = z.object({
  at: Instant,
  to: z.enum(['owner', 'manager', 'reassign']),
  /** Who was told, or has it now. */
  user: z.object({ id: Id, name: Label }).optional(),
});
export type Escalation = z.infer<typeof Escalation>;

/** Marketing hands a lead to sales: the promise, its clocks, and what became of it. */
export const HandOver = z.object({
  id: Id,
  at: Instant,
  /** The rule of the agreement that applied, and the version it stood in. */
  rule: z.object({ id: z.string().max(64), label: LocalText }),
  agreementVersion: z.int().positive(),
  /** What was met when it was handed over. */
  criteria: CriterionResult.optional(),
  to: z.object({ id: Id, name: Label }).optional(),
  assignment: Clock,
  /** Absent until somebody has it. */
  response: Clock.optional(),
  followUp: z
    .object({ at: Instant, seen: FollowUpKind, by: z.object({ id: Id, name: Label }).optional() })
    .optional(),
  pauses: z.array(Pause),
  escalations: z.array(Escalation),
  /** Absent while it is open. */
  outcome: z.enum(['followed-up', 'returned', 'withdrawn', 'merged']).optional(),
  /** When its last change happened; who changes it says on which state that is based. */
  revision: z.int().nonnegative(),
});
export type HandOver = z.infer<typeof HandOver>;

/** A follow-up somebody saw happen: only who, when and which way; nothing of what was said. */
export const NewFollowUp = z.object({
  id: Id,
  person: z.union([z.object({ id: Id }), z.object({ email: EmailAddress })]),
  at: Instant,
  seen: FollowUpKind,
  direction: z.literal('outbound'),
});
export type NewFollowUp = z.infer<typeof NewFollowUp>;

export const HandOverPatch = z.discriminatedUnion('change', [
  z.object({
    change: z.literal('pause'),
    reason: z.string().min(1).max(64),
    until: Instant,
    comment: Text.optional(),
  }),
  z.object({ change: z.literal('resume') }),
  z.object({ change: z.literal('assign'), to: Id }),
]);
export type HandOverPatch = z.infer<typeof HandOverPatch>;
