import { z } from 'zod';
import { FeedbackAbout, FeedbackState, NewReply, Verdict } from './feedback.ts';
import { Id, Label } from './primitives.ts';

/**
 * `open` waits for marketing, and `overdue` does so longer than promised; `asked` waits for the author; `done` was
 * answered or acted on and waits for nobody.
 */
export const FeedbackView = z.enum(['open', 'overdue', 'asked', 'praise', 'done']);
export type FeedbackView = z.infer<typeof FeedbackView>;

/** What a list of feedback is narrowed to. What was withdrawn shows only when asked for by its state. */
export const FeedbackFilter = z.object({
  view: FeedbackView.optional(),
  state: FeedbackState.optional(),
  verdict: Verdict.optional(),
  about: z.enum(FeedbackAbout.options.map(({ shape }) => shape.kind.value)).optional(),
  personId: Id.optional(),
  /** The campaign it is filed under; `none`: there is none. */
  campaignId: z.union([Id, z.literal('none')]).optional(),
  /** One of its reasons; `none`: it has none. */
  reason: z.string().min(1).max(64).optional(),
});
export type FeedbackFilter = z.infer<typeof FeedbackFilter>;

export const FeedbackOrder = z.enum(['newest', 'oldest']);
export type FeedbackOrder = z.infer<typeof FeedbackOrder>;

const Counts = z.object({ count: z.int(), open: z.int(), overdue: z.int() });

/** So many groups of each kind, the largest first. */
export const MOST_GROUPS = 100;

export const FeedbackGroups = z.object({
  /** Of the whole workspace, whatever is asked for. */
  totals: z.object({ open: z.int(), overdue: z.int(), asked: z.int(), praise: z.int() }),
  /** Of what is asked for; null: without a campaign. */
  campaigns: z.array(Counts.extend({ campaign: z.object({ id: Id, name: Label }).nullable() })),
  /** Of what is asked for; feedback with two reasons counts for both. Null: without a reason. */
  reasons: z.array(Counts.extend({ reason: z.string().nullable() })),
});
export type FeedbackGroups = z.infer<typeof FeedbackGroups>;

/** So much can be answered at once. */
export const MOST_AT_ONCE = 100;

/** The same words to several pieces of feedback, each as a reply with an id of its own. */
export const BulkReply = NewReply.omit({ id: true }).extend({
  to: z
    .array(z.object({ feedbackId: Id, id: Id }))
    .min(1)
    .max(MOST_AT_ONCE)
    .refine(
      (to) => new Set(to.map(({ feedbackId }) => feedbackId)).size === to.length,
      'must name each feedback once',
    ),
});
export type BulkReply = z.infer<typeof BulkReply>;

export const BulkReplyResult = z.object({
  replied: z.array(Id),
  /** Their authors took them back meanwhile: nothing was said to these. */
  withdrawn: z.array(Id),
});
export type BulkReplyResult = z.infer<typeof BulkReplyResult>;
