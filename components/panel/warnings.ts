import type { LeadContext } from '../../utils/contract/lead-context.ts';
import type { PlannedTouch } from '../../utils/contract/planned-touch.ts';
import type { User } from '../../utils/contract/session.ts';
import type { FeedbackAbout, Verdict } from '../../utils/contract/feedback.ts';
import type { FeedbackItem, PendingWrite } from '../../utils/domain/feedback-progress.ts';

const DAY = 24 * 60 * 60_000;

/** Whether another rep has this lead. */
export const isSomebodyElses = ({ person }: LeadContext, me: User | undefined) =>
  person.owner !== undefined && me?.team === 'sales' && person.owner.id !== me.id;

/** The next mailing within 24 hours that nobody holds. */
export const mailingSoon = (
  context: LeadContext,
  items: readonly { about: FeedbackAbout; verdict: Verdict; progress?: string; state?: string }[],
  now: number,
): PlannedTouch | undefined =>
  context.plannedTouches.find(
    ({ id, channel, at }) =>
      channel === 'email' &&
      Date.parse(at) >= now &&
      Date.parse(at) < now + DAY &&
      !items.some(
        ({ about, verdict, progress, state }) =>
          about.kind === 'planned-touch' &&
          about.plannedTouchId === id &&
          verdict === 'hold' &&
          progress !== 'withdrawn' &&
          state !== 'withdrawn',
      ),
  );

/** What marketing asks this user back and has no answer to yet: its last question. */
export const questionTo = (
  me: User | undefined,
  items: readonly Pick<FeedbackItem<PendingWrite>, 'by' | 'waitsFor' | 'pendingReplies' | 'replies'>[],
): string | undefined =>
  items
    .find(
      ({ by, waitsFor, pendingReplies }) =>
        waitsFor === 'sales' && pendingReplies.length === 0 && (by === null || by.id === me?.id),
    )
    ?.replies.findLast(({ kind }) => kind === 'question')?.text;
