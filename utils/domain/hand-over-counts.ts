import type { HandOver } from '../contract/hand-over.ts';
import type { Stage } from '../contract/stage.ts';
import { ReachedStage, type WithinDays } from '../contract/figures.ts';
import { DAY_MS } from './instants.ts';
import { firstReached, type StageMove } from './standing-moves.ts';

/** So many days after the hand-over a cohort is looked at. */
export const WITHIN_DAYS: readonly WithinDays[] = [30, 60, 90, 180];

/** What says that something may still happen. */
export const OPEN_COUNTS: readonly string[] = [
  'undecided',
  'under-way',
  'assigned-waiting',
  'assigned-open',
  'followed-waiting',
  'followed-open',
];

/** Where a lead can be sent back from. */
const WITH_SALES: readonly (Stage | null)[] = ['mql', 'sal', 'sql', 'opportunity'];

/**
 * What a hand-over counts as in the figures of the agreement: a list of names, each of which is counted by itself. In
 * words they stand in docs/figures.md.
 *
 * @param moves the moves of the lead that stand, from the hand-over until the next one, oldest first.
 */
export function handOverCounts(handOver: HandOver, moves: readonly StageMove[], now: Date): string[] {
  const reached = reachedCounts(handOver, moves);
  const isAccepted = reached.includes('reached:sal');
  if (handOver.outcome === 'withdrawn' && !isAccepted) {
    return ['hand-over', ...assignmentCounts(handOver, now), ...responseCounts(handOver, now)];
  }
  const back = moves.findLast(isReturn);
  const decision = isAccepted ? 'accepted' : back ? 'refused' : 'undecided';
  return [
    'hand-over',
    'lasting',
    decision,
    ...(back ? ['returned', `reason:${back.reason ?? ''}`] : []),
    ...(!back && !reached.includes('reached:customer') ? ['under-way'] : []),
    ...reached,
    ...assignmentCounts(handOver, now),
    ...responseCounts(handOver, now),
  ];
}

/** As the closed loop counts them: off the path from sales' hands, or by a rep's verdict. */
const isReturn = ({ from, to, feedbackId }: StageMove) =>
  (to === 'recycled' || to === 'disqualified') && (WITH_SALES.includes(from) || feedbackId !== null);

function reachedCounts({ at }: HandOver, moves: readonly StageMove[]): string[] {
  return ReachedStage.options.flatMap((stage) => {
    const first = firstReached(moves, stage);
    if (first === undefined) return [];
    const took = Date.parse(first) - Date.parse(at);
    const within = WITHIN_DAYS.filter((days) => took <= days * DAY_MS);
    return [`reached:${stage}`, ...within.map((days) => `reached:${stage}:${days}`)];
  });
}

/** Waiting until somebody has the lead. A follow-up before that is as good: nobody waits any more. */
function assignmentCounts({ assignment, response, outcome, followUp }: HandOver, now: Date): string[] {
  const { stoppedAt, due, tookMinutes } = assignment;
  const ended = response !== undefined || followUp !== undefined;
  const isOpen = outcome === undefined && !ended;
  return [
    ...(response && tookMinutes !== undefined ? [`assigned:${Math.floor(tookMinutes)}`] : []),
    ...(isOpen ? ['assigned-waiting'] : []),
    ...judged('assigned', { late: ranOut(stoppedAt, due, now), kept: ended, isOpen }),
  ];
}

/** Waiting for the rep who has it. What was escalated before the first follow-up was too late, whoever has it then. */
function responseCounts(
  { assignment, response, outcome, followUp, escalations }: HandOver,
  now: Date,
): string[] {
  const isOpen = outcome === undefined;
  const waiting = isOpen ? ['followed-waiting'] : [];
  if (!response) return [...waiting, ...judged('followed', { late: false, kept: false, isOpen })];
  const { stoppedAt, due, tookMinutes } = response;
  const end = followUp?.at ?? stoppedAt;
  const since = assignment.stoppedAt ?? '';
  // Those up to the assignment were about nobody having the lead.
  const escalated = escalations.some(({ at }) => at > since && (end === undefined || at < end));
  return [
    ...(followUp && tookMinutes !== undefined ? [`followed:${Math.floor(tookMinutes)}`] : []),
    ...waiting,
    ...judged('followed', {
      late: escalated || ranOut(stoppedAt, due, now),
      kept: outcome === 'followed-up' || outcome === 'returned',
      isOpen,
    }),
  ];
}

const ranOut = (stoppedAt: string | undefined, due: string, now: Date) =>
  (stoppedAt ?? now.toISOString()) > due || (stoppedAt === undefined && now.toISOString() === due);

function judged(
  clock: 'assigned' | 'followed',
  { late, kept, isOpen }: Record<'late' | 'kept' | 'isOpen', boolean>,
): string[] {
  if (late) return [`${clock}-late`];
  if (kept) return [`${clock}-kept`];
  return isOpen ? [`${clock}-open`] : [];
}
