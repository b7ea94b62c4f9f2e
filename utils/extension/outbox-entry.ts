import { z } from 'zod';
import { Feedback, FeedbackPatch, NewFeedback } from '../contract/feedback.ts';
import { Id, Instant } from '../contract/primitives.ts';
import { Failure } from './failure.ts';

/** A write waiting for the hub. `id` is its idempotency key; `feedbackId` keeps the order per feedback. */
export const OutboxEntry = z.object({
  id: Id,
  feedbackId: Id,
  personId: Id.optional(),
  /** Who clicked: a click is never sent under another user's name. */
  userId: Id,
  write: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('create'), body: NewFeedback }),
    z.object({ kind: z.literal('patch'), body: FeedbackPatch }),
  ]),
  savedAt: Instant,
  attempts: z.int().nonnegative(),
  /** `refused` will not be tried again: the hub said why in `failure`. */
  state: z.enum(['waiting', 'refused']),
  failure: Failure.optional(),
});
export type OutboxEntry = z.infer<typeof OutboxEntry>;

/** Proof that the hub stored a write, kept for the user to see. */
export const Receipt = z.object({
  id: Id,
  feedbackId: Id,
  deliveredAt: Instant,
  feedback: Feedback,
});
export type Receipt = z.infer<typeof Receipt>;
