import { z } from 'zod';
import { Clock } from './hand-over.ts';
import { Id, Instant, Label, LocalText, Text } from './primitives.ts';
import { Team } from './session.ts';

/** What a piece of feedback is about. */
export const FeedbackAbout = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('lead'), personId: Id }),
  z.object({ kind: z.literal('campaign'), campaignId: Id, personId: Id.optional() }),
  z.object({ kind: z.literal('planned-touch'), plannedTouchId: Id, personId: Id }),
]);
export type FeedbackAbout = z.infer<typeof FeedbackAbout>;

export const LeadVerdict = z.enum(['accepted', 'returned']);
export type LeadVerdict = z.infer<typeof LeadVerdict>;
export const CampaignVerdict = z.enum(['praise', 'suggestion']);
/** `hold`: it must not go out; `ask-first`: not before the rep was asked. */
export const PlannedTouchVerdict = z.enum(['hold', 'ask-first']);
export type PlannedTouchVerdict = z.infer<typeof PlannedTouchVerdict>;
export const Verdict = z.enum([
  ...LeadVerdict.options,
  ...CampaignVerdict.options,
  ...PlannedTouchVerdict.options,
]);
export type Verdict = z.infer<typeof Verdict>;

/** Reason ids of the agreement, e.g. `no-budget`. */
export const ReasonIds = z.array(z.string().min(1).max(64)).max(10);

const verdictsAbout = {
  lead: LeadVerdict,
  campaign: CampaignVerdict,
  'planned-touch': PlannedTouchVerdict,
} satisfies Record<FeedbackAbout['kind'], z.ZodType>;

/** What the client sends: it makes the id, which is also the idempotency key. */
export const NewFeedback = z
  .object({
    id: Id,
    about: FeedbackAbout,
    verdict: Verdict,
    reasons: ReasonIds,
    comment: Text.optional(),
    /** For a verdict on a lead: the stage event the rep saw; when another has followed, nothing moves. */
    basedOn: Id.optional(),
    /** When the user clicked, by the client's clock. */
    clientTime: Instant,
  })
  .refine(({ about, verdict }) => verdictsAbout[about.kind].safeParse(verdict).success, {
    path: ['verdict'],
    message: 'does not fit what the feedback is about',
  });
export type NewFeedback = z.infer<typeof NewFeedback>;

/** `new → seen → answered → acted` is marketing's side; `withdrawn` is the author's undo. */
export const FeedbackState = z.enum(['new', 'seen', 'answered', 'acted', 'withdrawn']);
export type FeedbackState = z.infer<typeof FeedbackState>;

/** A `question` is marketing's and waits for the author; `acted` says what was done about it. Absent: an answer. */
export const ReplyKind = z.enum(['question', 'acted']);
export type ReplyKind = z.infer<typeof ReplyKind>;

export const Reply = z.object({
  id: Id,
  kind: ReplyKind.optional(),
  by: z.object({ id: Id, name: Label }),
  text: Label,
  at: Instant,
});
export type Reply = z.infer<typeof Reply>;
export const NewReply = Reply.pick({ id: true, kind: true, text: true });
export type NewReply = z.infer<typeof NewReply>;

/** What became of it in a system that the lead comes from: `dead` was given up; `at`: when it was written there last. */
export const WrittenTo = z.object({
  system: z.string().max(64),
  state: z.enum(['waiting', 'written', 'dead']),
  at: Instant.optional(),
  problem: LocalText.optional(),
});
export type WrittenTo = z.infer<typeof WrittenTo>;

export const Feedback = z.object({
  id: Id,
  about: FeedbackAbout,
  /** Names for display, so that a list needs no second look-up. */
  personName: Text.optional(),
  campaignName: Text.optional(),
  plannedTouchTitle: Text.optional(),
  verdict: Verdict,
  reasons: ReasonIds,
  comment: Text.optional(),
  by: z.object({ id: Id, name: Label }),
  clientTime: Instant,
  /** When the hub stored it. */
  at: Instant,
  state: FeedbackState,
  /** Who has to say something next; absent: nobody. */
  waitsFor: Team.optional(),
  /** Marketing's promise of an answer, as it was agreed when the feedback came in. */
  answer: Clock.optional(),
  /** The campaign it is about, or for a lead the one that had touched them last. */
  filedUnder: z.object({ id: Id, name: Label }).optional(),
  replies: z.array(Reply),
  writtenTo: z.array(WrittenTo).optional(),
});
export type Feedback = z.infer<typeof Feedback>;

/**
 * A change to feedback. The author refines (`reasons`, `comment`) or withdraws within
 * `UNDO_MS` of the click; marketing moves `state`.
 */
export const FeedbackPatch = z
  .object({
    reasons: ReasonIds.optional(),
    comment: Text.optional(),
    state: z.enum(['seen', 'acted', 'withdrawn']).optional(),
    /** When the author clicked undo, by the client's clock; required to withdraw. */
    clientTime: Instant.optional(),
  })
  .refine((patch) => patch.state !== 'withdrawn' || patch.clientTime !== undefined, {
    path: ['clientTime'],
    message: 'is required to withdraw',
  });
export type FeedbackPatch = z.infer<typeof FeedbackPatch>;

export { UNDO_MS } from './limits.ts';
