import type { Clock, Pause } from '../contract/hand-over.ts';

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
