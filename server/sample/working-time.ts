/** Hours of a working day, UTC: about eight to six in Berlin. */
const FROM = 7;
const HOURS = 10;
const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;
/** A Monday, 00:00 UTC. */
const MONDAY = Date.UTC(2024, 0, 1);

/** One working day in milliseconds of working time. */
export const DAY = HOURS * HOUR;
/** One minute. */
export const MINUTE = 60_000;

/**
 * The moment `age` milliseconds of working time before `now`. Nobody phones on a Sunday night, so the
 * sample counts back in working time; order and short distances stay what they are.
 */
export function workingTimeBefore(now: Date, age: number): Date {
  return fromPosition(Math.floor(toPosition(now.getTime()) - age));
}

/** Working time passed since `MONDAY`. */
function toPosition(time: number): number {
  const weeks = Math.floor((time - MONDAY) / WEEK);
  const inWeek = time - MONDAY - weeks * WEEK;
  const days = Math.floor(inWeek / (24 * HOUR));
  const inDay = inWeek - days * 24 * HOUR - FROM * HOUR;
  const today = days < 5 ? Math.min(Math.max(inDay, 0), DAY) : 0;
  return (weeks * 5 + Math.min(days, 5)) * DAY + today;
}

function fromPosition(position: number): Date {
  const days = Math.floor(position / DAY);
  const weeks = Math.floor(days / 5);
  const inDay = position - days * DAY;
  return new Date(MONDAY + weeks * WEEK + (days - weeks * 5) * 24 * HOUR + FROM * HOUR + inDay);
}
