import type { Clock, HandOver, Pause } from '../contract/hand-over.ts';

export type ClockState = 'not-started' | 'running' | 'at-risk' | 'breached' | 'met' | 'paused';

/**
 * How a clock stands at `now` (milliseconds since 1970). No clock is one that has not started.
 *
 * A stopped clock is `met` even when that came too late: somebody did follow up. `isLate` tells, so that the
 * broken promise stays visible. While it runs, `breached` begins with `due` itself; a stop at `due` is in time.
 */
export function clockState(
  clock: Clock | undefined,
  pauses: readonly Pick<Pause, 'from' | 'to'>[],
  now: number,
): ClockState {
  if (clock === undefined || now < Date.parse(clock.startedAt)) return 'not-started';
  if (clock.stoppedAt !== undefined && now >= Date.parse(clock.stoppedAt)) return 'met';
  if (now >= Date.parse(clock.due)) return 'breached';
  if (pauses.some(({ from, to }) => now >= Date.parse(from) && now < Date.parse(to))) return 'paused';
  return now >= Date.parse(clock.atRiskAt) ? 'at-risk' : 'running';
}

/**
 * The clock that counts for a hand-over: until somebody has the lead that for the assignment, then that for the first
 * follow-up. `null` when it was returned, withdrawn or merged with another: nobody waits any more.
 */
export function countingClock({
  outcome,
  response,
  assignment,
}: Pick<HandOver, 'outcome' | 'response' | 'assignment'>): Clock | null {
  return outcome === undefined || outcome === 'followed-up' ? (response ?? assignment) : null;
}

/**
 * The first moment after `now` at which time alone may change a clock's state, in milliseconds since 1970; `null` when
 * there is none.
 */
export function nextClockChange(
  { startedAt, stoppedAt, atRiskAt, due }: Clock,
  pauses: readonly Pick<Pause, 'from' | 'to'>[],
  now: number,
): number | null {
  const end = stoppedAt ?? due;
  const moments = [startedAt, atRiskAt, due, end, ...pauses.flatMap(({ from, to }) => [from, to])]
    .map((moment) => Math.min(Date.parse(moment), Date.parse(end)))
    .filter((moment) => moment > now);
  return moments.length === 0 ? null : Math.min(...moments);
}

/** Whether the promise was kept too late. */
export function isLate({ stoppedAt, due }: Clock): boolean {
  return stoppedAt !== undefined && Date.parse(stoppedAt) > Date.parse(due);
}

/**
 * Working time left at `now`, or at the stop of a stopped clock, in milliseconds; 0 from `due` on: how much
 * working time has passed since only the calendar knows. Pauses are no part of the intervals.
 */
export function workingMsLeft({ working, stoppedAt }: Clock, now: number): number {
  const from = stoppedAt === undefined ? now : Math.min(now, Date.parse(stoppedAt));
  return working.reduce(
    (left, interval) =>
      left + Math.max(0, Date.parse(interval.to) - Math.max(from, Date.parse(interval.from))),
    0,
  );
}
