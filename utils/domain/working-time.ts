import { Temporal } from 'temporal-polyfill';
import type { WorkCalendar } from '../contract/agreement.ts';

/** A stretch of time, from inclusive, to exclusive; milliseconds since 1970. */
export interface Span {
  from: number;
  to: number;
}

/** A calendar ready to count with: somebody has looked up which days are free. */
export interface WorkingDays {
  /** IANA. */
  timeZone: string;
  hours: WorkCalendar['hours'];
  /** Whether nobody works on a day (`2026-12-25`), whatever its hours. */
  isFree: (day: string) => boolean;
}

/** The calendar holds too little working time for what is asked of it. */
export class NoWorkingTimeError extends Error {}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** As `Date` counts them. */
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
/** How far working time is looked for, pauses not counted. */
const REACH_DAYS = 3 * 366;
/** As many as the contract lets a clock have. */
const MAX_SPANS = 1000;

/**
 * The working time from a moment on, in order, neighbours joined, without what `without` covers (in order,
 * not overlapping). Ends after three years of days, so that a calendar without working time is found out.
 *
 * Time is walked in pieces of one UTC offset: inside one, the wall clock is the time plus the offset. An hour
 * that a night of daylight saving skips lies in no piece, and one that comes twice lies in two.
 */
export function* workingTime(
  calendar: WorkingDays,
  from: number,
  without: readonly Span[] = [],
): Generator<Span> {
  let joined: Span | undefined;
  for (const span of cut(hoursFrom(calendar, from, without), without)) {
    if (joined?.to === span.from) joined = { from: joined.from, to: span.to };
    else {
      if (joined) yield joined;
      joined = span;
    }
  }
  if (joined) yield joined;
}

/**
 * So many minutes of working time from a moment on.
 *
 * @throws NoWorkingTimeError when they are not reached within three years or a thousand spans.
 */
export function addWorkingTime(
  calendar: WorkingDays,
  from: number,
  minutes: number,
  without: readonly Span[] = [],
): { working: Span[]; end: number } {
  const working: Span[] = [];
  let left = minutes * MINUTE;
  if (left === 0) return { working, end: from };
  for (const span of workingTime(calendar, from, without)) {
    const to = Math.min(span.to, span.from + left);
    working.push({ from: span.from, to });
    left -= to - span.from;
    if (left === 0) return { working, end: to };
    if (working.length === MAX_SPANS) break;
  }
  throw new NoWorkingTimeError(
    `The calendar has no ${minutes} minutes of working time within ${REACH_DAYS} days and ${MAX_SPANS} spans.`,
  );
}

/** Working time between two moments, in milliseconds; 0 when they are the wrong way round. */
export function workingTimeBetween(
  calendar: WorkingDays,
  from: number,
  to: number,
  without: readonly Span[] = [],
): number {
  let sum = 0;
  for (const span of workingTime(calendar, from, without)) {
    if (span.from >= to) break;
    sum += Math.min(span.to, to) - span.from;
  }
  return sum;
}

/** The hours of each day as spans, in order; days that lie in a hole of `without` are not looked at. */
function* hoursFrom(
  { timeZone, hours, isFree }: WorkingDays,
  start: number,
  without: readonly Span[],
): Generator<Span> {
  const week = WEEKDAYS.map((day) => spansOf(hours[day] ?? []));
  let daysLeft = REACH_DAYS;
  let from = start;
  while (daysLeft > 0) {
    const { offset, end } = pieceAt(timeZone, from);
    for (; from < end && daysLeft > 0; daysLeft -= 1) {
      const hole = without.find((span) => span.from <= from && from < span.to);
      if (hole) {
        from = hole.to;
        break;
      }
      // Inside the piece a day has 24 hours, and UTC's fields of the shifted time are those of the wall clock.
      const midnight = Math.floor((from + offset) / DAY) * DAY;
      const day = new Date(midnight);
      const times = week[day.getUTCDay()] ?? [];
      if (times.length > 0 && !isFree(day.toISOString().slice(0, 10))) {
        for (const time of times) {
          const span = {
            from: Math.max(from, midnight - offset + time.from),
            to: Math.min(end, midnight - offset + time.to),
          };
          if (span.from < span.to) yield span;
        }
      }
      from = Math.min(end, midnight - offset + DAY);
    }
  }
}

/** The offset from UTC at a moment, and until when it holds, in milliseconds. */
function pieceAt(timeZone: string, at: number): { offset: number; end: number } {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  return {
    offset: zoned.offsetNanoseconds / 1e6,
    end: zoned.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity,
  };
}

/** What is left of spans in order without others in order. */
function* cut(spans: Iterable<Span>, without: readonly Span[]): Generator<Span> {
  for (const span of spans) {
    let { from } = span;
    for (const hole of without) {
      if (hole.to <= from || hole.from >= span.to) continue;
      if (hole.from > from) yield { from, to: hole.from };
      from = hole.to;
    }
    if (from < span.to) yield { from, to: span.to };
  }
}

/** A day's hours in milliseconds since midnight, in order, overlapping ones made one. */
function spansOf(hours: readonly { from: string; to: string }[]): Span[] {
  const spans = hours
    .map(({ from, to }) => ({ from: sinceMidnight(from), to: sinceMidnight(to) }))
    .sort((one, other) => one.from - other.from);
  return join(spans);
}

/** Spans in order of their beginning, those that touch or overlap made one. */
export function join(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else joined.push({ ...span });
  }
  return joined;
}

/** `24:00` is a day's end, which `Temporal.PlainTime` does not have. */
function sinceMidnight(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return (hour * 60 + minute) * MINUTE;
}
