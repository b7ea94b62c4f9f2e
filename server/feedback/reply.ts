import type { NewReply } from '../../utils/contract/feedback.ts';
import type { User } from '../../utils/contract/session.ts';
import { answersFeedback } from '../../utils/domain/answers-feedback.ts';
import { noteEvents } from '../deliveries/note-events.ts';
import { ProblemError } from '../problem.ts';
import { readAgreement, readDocument } from '../store/agreements.ts';
import type { WriteTransaction } from '../store/database.ts';
import { type FeedbackChange, insertReply, type StoredFeedback, updateFeedback } from '../store/feedback.ts';
import { stopAnswer } from './answer-promise.ts';
import { isBefore } from './states.ts';

interface Given {
  workspaceId: string;
  user: User;
  now: Date;
}

/**
 * Stores a reply to feedback that is locked, and lets it take effect once: marketing's first word keeps its promise, a
 * question makes sales the one to answer, and sales' answer to it marketing again. What was withdrawn stays so.
 *
 * @throws ProblemError when sales asks back or says what was done, or the id is another reply's.
 */
export async function replyTo(
  tx: WriteTransaction,
  feedback: StoredFeedback,
  reply: NewReply,
  { workspaceId, user, now }: Given,
): Promise<void> {
  // An administrator of sales who answers what marketing has asked speaks for sales.
  const answersQuestion = reply.kind === undefined && feedback.waitsFor === 'sales' && user.team === 'sales';
  const byMarketing = answersFeedback(user) && !answersQuestion;
  if (reply.kind !== undefined && !byMarketing) {
    throw new ProblemError('forbidden', 'Only marketing asks back or says what was done.');
  }
  const outcome = await insertReply(tx, workspaceId, feedback, { ...reply, authorId: user.id, at: now });
  if (outcome === 'conflict') {
    throw new ProblemError('conflict', 'Another reply has this id already. Make a new id for every reply.');
  }
  if (outcome === 'repeated' || feedback.state === 'withdrawn') return;
  const { id, waitsFor } = feedback;
  if (!byMarketing) {
    if (waitsFor === 'sales') await updateFeedback(tx, workspaceId, id, { waitsFor: 'marketing' });
    return;
  }
  const state = reply.kind === 'acted' ? 'acted' : 'answered';
  await updateFeedback(tx, workspaceId, id, {
    ...(isBefore(feedback.state, state) && { state }),
    ...(await answered(tx, workspaceId, feedback, now)),
    waitsFor: reply.kind === 'question' ? 'sales' : null,
  });
  const kind = reply.kind === 'acted' ? 'feedback.acted' : 'feedback.answered';
  await noteEvents(tx, workspaceId, [{ kind, subject: { feedbackId: id, replyId: reply.id } }], now);
}

/** What marketing's first word changes about its promise. */
export async function answered(
  tx: WriteTransaction,
  workspaceId: string,
  { answer, agreementVersion }: StoredFeedback,
  now: Date,
): Promise<FeedbackChange> {
  if (answer === null || answer.stoppedAt !== undefined) return { answeredAt: now };
  const agreement = await readAgreement(tx, workspaceId);
  const agreed =
    agreement.version === agreementVersion
      ? agreement
      : await readDocument(tx, workspaceId, agreementVersion);
  return { answeredAt: now, answer: stopAnswer(answer, agreed, now) };
}
