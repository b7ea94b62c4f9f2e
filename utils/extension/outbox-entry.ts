import { z } from 'zod';
import { Feedback, FeedbackPatch, NewFeedback, NewReply } from '../contract/feedback.ts';
import { HandOverPatch, NewFollowUp } from '../contract/hand-over.ts';
import { Id, Instant } from '../contract/primitives.ts';
import { NewConfirmation } from '../contract/qualification.ts';
import { NewStageChange } from '../contract/stage.ts';
import { Failure } from './failure.ts';

/** `create`, `patch` and `reply` are feedback's; the rest is named after what it is. */
const Write = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('create'), body: NewFeedback }),
  z.object({ kind: z.literal('patch'), body: FeedbackPatch }),
  z.object({ kind: z.literal('reply'), body: NewReply }),
  z.object({ kind: z.literal('stage-change'), body: NewStageChange }),
  z.object({ kind: z.literal('follow-up'), body: NewFollowUp }),
  z.object({ kind: z.literal('confirmation'), body: NewConfirmation }),
  z.object({ kind: z.literal('hand-over'), handOverId: Id, body: HandOverPatch }),
]);

/** A write waiting for the hub. `id` is its idempotency key. */
export const OutboxEntry = z.object({
  id: Id,
  /** The feedback that `create`, `patch` and `reply` are about. */
  feedbackId: Id.optional(),
  /** Whose context the write changes, as far as this browser knows. */
  personId: Id.optional(),
  /** Who clicked: a click is never sent under another user's name. */
  userId: Id,
  write: Write,
  savedAt: Instant,
  attempts: z.int().nonnegative(),
  /** `refused` will not be tried again: the hub said why in `failure`. */
  state: z.enum(['waiting', 'refused']),
  failure: Failure.optional(),
});
export type OutboxEntry = z.infer<typeof OutboxEntry>;

/** What somebody did, before it is stored. */
export const NewEntry = OutboxEntry.pick({ id: true, feedbackId: true, personId: true, write: true }).refine(
  ({ write, feedbackId }) => (write.kind !== 'patch' && write.kind !== 'reply') || feedbackId !== undefined,
  { path: ['feedbackId'], message: 'is required to change or answer feedback' },
);
export type NewEntry = z.infer<typeof NewEntry>;

/** Proof that the hub stored feedback, kept for the user to see. */
export const Receipt = z.object({
  id: Id,
  feedbackId: Id,
  deliveredAt: Instant,
  feedback: Feedback,
});
export type Receipt = z.infer<typeof Receipt>;
