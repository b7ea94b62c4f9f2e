import type { HandOver } from '../contract/hand-over.ts';

/**
 * Whether sales kept the promise of a hand-over: every clock was stopped by its `due`, by a follow-up or by returning
 * the lead. A clock that ran out is broken at once and for good, also where somebody else got the lead afterwards;
 * only a follow-up heard of late that came in time mends it. Null while nothing is decided, and where marketing
 * withdrew the lead before its time was over.
 */
export function promiseKept(
  {
    assignment,
    response,
    escalations,
    followUp,
    outcome,
  }: Pick<HandOver, 'assignment' | 'response' | 'escalations' | 'followUp' | 'outcome'>,
  now: Date,
): boolean | null {
  const clocks = response ? [assignment, response] : [assignment];
  const ranOut = clocks.some(({ stoppedAt, due }) =>
    stoppedAt === undefined ? now.getTime() >= Date.parse(due) : Date.parse(stoppedAt) > Date.parse(due),
  );
  const end = followUp?.at ?? (response ?? assignment).stoppedAt;
  // Escalations follow a clock that ran out; an owner's clock is no longer there once somebody else has the lead.
  const escalated = escalations.some(({ at }) => end === undefined || at < end);
  if (ranOut || escalated) return false;
  return outcome === 'followed-up' || outcome === 'returned' ? true : null;
}
