import type { Clock, Pause } from '../contract/hand-over.ts';
import { addWorkingTime, join, type Span, type WorkingDays, workingTimeBetween } from './working-time.ts';

const MINUTE = 60_000;
/** The last quarter is when a clock is at risk (DESIGN §6). */
const AT_RISK_AFTER = 0.75;

type Pauses = readonly Pick<Pause, 'from' | 'to'>[];

/**
 * A clock for a promise of so many minutes of working time. Pauses move `due`, because they are no working
 * time. `atRiskAt` is the first moment at which a quarter or less is left.
 *
 * @throws NoWorkingTimeError when the calendar does not hold that much.
 */
export function startClock(calendar: WorkingDays, startedAt: Date, minutes: number, pauses: Pauses): Clock {
  const { working, end } = addWorkingTime(calendar, startedAt.getTime(), minutes, spansOf(pauses));
  return {
    startedAt: startedAt.toISOString(),
    working: working.map(({ from, to }) => ({ from: instant(from), to: instant(to) })),
    atRiskAt: instant(momentAfter(working, minutes * MINUTE * AT_RISK_AFTER)),
    due: instant(end),
  };
}

/** The same promise with other pauses; a stopped clock stays as it is. */
export function replanClock(calendar: WorkingDays, clock: Clock, pauses: Pauses): Clock {
  if (clock.stoppedAt !== undefined) return clock;
  const promised = clock.working.reduce((sum, { from, to }) => sum + Date.parse(to) - Date.parse(from), 0);
  return startClock(calendar, new Date(clock.startedAt), promised / MINUTE, pauses);
}

/** Stops a clock that runs, at the earliest when it started. */
export function stopClock(calendar: WorkingDays, clock: Clock, at: Date, pauses: Pauses): Clock {
  if (clock.stoppedAt !== undefined) return clock;
  const startedAt = Date.parse(clock.startedAt);
  const stoppedAt = Math.max(at.getTime(), startedAt);
  const took = workingTimeBetween(calendar, startedAt, stoppedAt, spansOf(pauses));
  return { ...clock, stoppedAt: instant(stoppedAt), tookMinutes: took / MINUTE };
}

/** Lets a stopped clock run again, as if it had never been stopped. */
export function restartClock(calendar: WorkingDays, clock: Clock, pauses: Pauses): Clock {
  const { startedAt, working, atRiskAt, due } = clock;
  return replanClock(calendar, { startedAt, working, atRiskAt, due }, pauses);
}

/** So many minutes of working time after a promise was broken, for escalations; pauses hold them up too. */
export function afterDue(calendar: WorkingDays, { due }: Clock, minutes: number, pauses: Pauses): Date {
  return new Date(addWorkingTime(calendar, Date.parse(due), minutes, spansOf(pauses)).end);
}

const instant = (time: number) => new Date(time).toISOString();

function spansOf(pauses: Pauses): Span[] {
  const spans = pauses.map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) }));
  return join(spans.filter(({ from, to }) => from < to).sort((one, other) => one.from - other.from));
}

/** The first moment at which so many milliseconds of the spans have passed. */
function momentAfter(working: readonly Span[], milliseconds: number): number {
  let left = milliseconds;
  for (const { from, to } of working) {
    if (left <= to - from) return from + left;
    left -= to - from;
  }
  throw new RangeError('The spans are shorter than that.');
}
