import { z } from 'zod';
import { Campaign } from './campaign.ts';
import { Id, Instant, Label, Text } from './primitives.ts';

/** What sales says of a plan, in one click. */
export const Opinion = z.enum(['good', 'doubts', 'please-not']);
export type Opinion = z.infer<typeof Opinion>;

/** What marketing makes of it: it goes out as it is, changed, or not at all. */
export const PlanOutcome = z.enum(['goes-out', 'changed', 'dropped']);
export type PlanOutcome = z.infer<typeof PlanOutcome>;

/** What marketing asks sales before it goes out. The client makes the id, which is also the idempotency key. */
export const NewPlan = z
  .object({
    id: Id,
    campaignId: Id.optional(),
    title: Label,
    /** What goes out, and to whom. */
    details: Label,
    /** What marketing wants to know besides whether it is good. */
    question: Text.optional(),
    goesOutAt: Instant,
    /** Until then opinions count. */
    opinionsUntil: Instant,
  })
  .refine(({ goesOutAt, opinionsUntil }) => opinionsUntil <= goesOutAt, {
    path: ['opinionsUntil'],
    message: 'must not lie after the plan goes out',
  });
export type NewPlan = z.infer<typeof NewPlan>;

/** Said again it takes the place of what one said before. */
export const NewOpinion = z.object({ opinion: Opinion, comment: Text.optional() });
export type NewOpinion = z.infer<typeof NewOpinion>;

export const NewDecision = z.object({ outcome: PlanOutcome, text: Label });
export type NewDecision = z.infer<typeof NewDecision>;

const Somebody = z.object({ id: Id, name: Label });

export const StoredOpinion = NewOpinion.extend({ by: Somebody, at: Instant });
export type StoredOpinion = z.infer<typeof StoredOpinion>;

/** A plan with what sales says of it and what marketing decided. */
export const Plan = z.object({
  id: Id,
  campaign: Campaign.pick({ id: true, name: true, kind: true }).optional(),
  title: Label,
  details: Label,
  question: Text.optional(),
  goesOutAt: Instant,
  opinionsUntil: Instant,
  by: Somebody,
  at: Instant,
  /** The latest first. */
  opinions: z.array(StoredOpinion),
  /** How many of sales have said nothing yet; who was deactivated is not waited for. */
  silent: z.int().nonnegative(),
  decision: NewDecision.extend({ by: Somebody, at: Instant }).optional(),
});
export type Plan = z.infer<typeof Plan>;

/** `open`: opinions count still; `over`: decided, or too late. */
export const PlanState = z.enum(['open', 'over']);
export type PlanState = z.infer<typeof PlanState>;

export const PlanQuery = z.object({
  state: PlanState.optional(),
  /** From the `nextCursor` of the page before. */
  cursor: z.string().max(256).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});
