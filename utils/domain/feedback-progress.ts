import type { Feedback, FeedbackPatch, NewFeedback, NewReply } from '../contract/feedback.ts';

/** A write of this browser that the hub has not stored; the part of an outbox entry that matters here. */
export interface PendingWrite {
  feedbackId?: string | undefined;
  write:
    | { kind: 'create'; body: NewFeedback }
    | { kind: 'patch'; body: FeedbackPatch }
    | { kind: 'reply'; body: NewReply }
    /** No feedback: left out. */
    | { kind: 'stage-change' | 'follow-up' | 'confirmation' | 'hand-over' };
  state: 'waiting' | 'refused';
}

/** How far a click has come; see `FeedbackState` for marketing's side. */
export type Progress = 'saved' | 'refused' | 'delivered' | 'seen' | 'answered' | 'acted' | 'withdrawn';

export interface FeedbackItem<Write extends PendingWrite> {
  id: string;
  about: Feedback['about'];
  campaignName: string | undefined;
  plannedTouchTitle: string | undefined;
  verdict: Feedback['verdict'];
  reasons: string[];
  comment: string | undefined;
  /** `null`: made in this browser and not stored yet, so it is the user's own. */
  by: Feedback['by'] | null;
  clientTime: string;
  replies: Feedback['replies'];
  /** The user's own answers on their way. */
  pendingReplies: string[];
  waitsFor: Feedback['waitsFor'];
  writtenTo: Feedback['writtenTo'];
  progress: Progress;
  /** A refinement or undo of delivered feedback is still on its way. */
  changing: boolean;
  refused: Write[];
}

/**
 * What the user sees of feedback: the hub's state with the writes of this browser on top, newest click first.
 * `writes` are in the order they were made; `stored` may name a piece several times, the furthest one counts.
 */
export function feedbackProgress<Write extends PendingWrite>(
  writes: readonly Write[],
  stored: readonly Feedback[],
): FeedbackItem<Write>[] {
  const items = new Map<string, FeedbackItem<Write>>();
  for (const feedback of furthest(stored)) items.set(feedback.id, fromHub(feedback));
  for (const entry of writes) {
    const { feedbackId, write } = entry;
    if (feedbackId === undefined) continue;
    const item = items.get(feedbackId);
    if (item && write.kind === 'patch') addPatch(item, write.body, entry);
    if (item && write.kind === 'reply') addReply(item, write.body, entry);
    // A create that the hub has stored already: its acknowledgement was lost, its repeat changes nothing.
    if (!item && write.kind === 'create') items.set(feedbackId, fromClick(write.body, entry));
  }
  return [...items.values()].sort((a, b) => b.clientTime.localeCompare(a.clientTime));
}

const STATES: readonly Feedback['state'][] = ['new', 'seen', 'answered', 'acted', 'withdrawn'];

function furthest(stored: readonly Feedback[]): Iterable<Feedback> {
  const byId = new Map<string, Feedback>();
  const rank = (feedback: Feedback) => STATES.indexOf(feedback.state) + feedback.replies.length / 1000;
  for (const feedback of stored) {
    const known = byId.get(feedback.id);
    if (!known || rank(feedback) >= rank(known)) byId.set(feedback.id, feedback);
  }
  return byId.values();
}

function fromHub<Write extends PendingWrite>(feedback: Feedback): FeedbackItem<Write> {
  return {
    ...feedback,
    campaignName: feedback.campaignName,
    plannedTouchTitle: feedback.plannedTouchTitle,
    comment: feedback.comment,
    pendingReplies: [],
    waitsFor: feedback.waitsFor,
    writtenTo: feedback.writtenTo,
    reasons: [...feedback.reasons],
    progress: feedback.state === 'new' ? 'delivered' : feedback.state,
    changing: false,
    refused: [],
  };
}

function fromClick<Write extends PendingWrite>(body: NewFeedback, entry: Write): FeedbackItem<Write> {
  return {
    id: body.id,
    about: body.about,
    campaignName: undefined,
    plannedTouchTitle: undefined,
    verdict: body.verdict,
    reasons: [...body.reasons],
    comment: body.comment,
    by: null,
    clientTime: body.clientTime,
    replies: [],
    pendingReplies: [],
    waitsFor: undefined,
    writtenTo: undefined,
    progress: entry.state === 'refused' ? 'refused' : 'saved',
    changing: false,
    refused: entry.state === 'refused' ? [entry] : [],
  };
}

function addPatch<Write extends PendingWrite>(
  item: FeedbackItem<Write>,
  { reasons, comment, state }: FeedbackPatch,
  entry: Write,
): void {
  if (entry.state === 'refused') {
    item.refused.push(entry);
    return;
  }
  if (reasons) item.reasons = [...reasons];
  if (comment !== undefined) item.comment = comment;
  if (state) item.progress = state;
  if (item.by !== null) item.changing = true;
}

function addReply<Write extends PendingWrite>(
  item: FeedbackItem<Write>,
  { id, text }: NewReply,
  entry: Write,
): void {
  if (entry.state === 'refused') item.refused.push(entry);
  // The hub may have it although its yes was lost.
  else if (!item.replies.some((reply) => reply.id === id)) item.pendingReplies.push(text);
}
