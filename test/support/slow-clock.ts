import type { WorkCalendar } from '../../utils/contract/agreement.ts';

/*
 * A clock for tests that does nothing clever: it walks minute by minute, asks Intl what the wall clock shows,
 * and counts. It shares no code with the one it checks.
 */

const MINUTE = 60_000;

export interface SlowCalendar {
  timeZone: string;
  hours: WorkCalendar['hours'];
  free: ReadonlySet<string>;
}

/** From inclusive, to exclusive; milliseconds since 1970, whole minutes. */
export interface Stretch {
  from: number;
  to: number;
}

interface WallClock {
  day: string;
  weekday: keyof WorkCalendar['hours'];
  time: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();
/** What Intl said, by zone, day since 1970 and minute; kept, because Intl is slow and cases overlap. */
const seen = new Map<string, (WallClock | undefined)[][]>();
const MINUTES_A_DAY = 24 * 60;

/** What the wall clock shows in a zone. */
export const wallClock = (timeZone: string, at: number): WallClock => wallClockOf(timeZone)(at);

function wallClockOf(timeZone: string): (at: number) => WallClock {
  const days = seen.get(timeZone) ?? [];
  seen.set(timeZone, days);
  return (at) => {
    const minute = at / MINUTE;
    const day = Math.floor(minute / MINUTES_A_DAY);
    // With its length from the start: lists with large gaps are slow.
    const minutes = (days[day] ??= new Array<WallClock | undefined>(MINUTES_A_DAY).fill(undefined));
    return (minutes[minute - day * MINUTES_A_DAY] ??= askIntl(timeZone, at));
  };
}

function askIntl(timeZone: string, at: number): WallClock {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'long',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(timeZone, format);
  }
  // "Sunday, 29/03/2026, 03:00", with or without the commas.
  const parts = /^(\w+),? (\d\d)\/(\d\d)\/(\d{4}),? (\d\d:\d\d)$/u.exec(format.format(at));
  if (!parts) throw new Error(`Intl writes ${format.format(at)}`);
  const [, weekday = '', date, month, year, time = ''] = parts;
  return { weekday: weekday.toLowerCase() as WallClock['weekday'], day: `${year}-${month}-${date}`, time };
}

/** The minutes between two moments in which anybody works and that lie in no pause. */
export function workingMinutes(
  { timeZone, hours, free }: SlowCalendar,
  from: number,
  to: number,
  pauses: readonly Stretch[] = [],
): number[] {
  const lookAt = wallClockOf(timeZone);
  const minutes: number[] = [];
  for (let at = from; at < to; at += MINUTE) {
    const { weekday, day, time } = lookAt(at);
    const isOpen = hours[weekday]?.some((open) => open.from <= time && time < open.to) ?? false;
    if (isOpen && !free.has(day) && !pauses.some((pause) => pause.from <= at && at < pause.to))
      minutes.push(at);
  }
  return minutes;
}

/** Minutes as stretches. */
export function stretches(minutes: readonly number[]): Stretch[] {
  const found: Stretch[] = [];
  for (const at of minutes) {
    const last = found.at(-1);
    if (last?.to === at) last.to = at + MINUTE;
    else found.push({ from: at, to: at + MINUTE });
  }
  return found;
}

/** A promise kept to these working minutes: each one worked brings it a minute nearer. */
export function slowClock(minutes: readonly number[], promised: number) {
  const worked: number[] = [];
  let atRiskAt: number | null = null;
  for (const at of minutes) {
    worked.push(at);
    if (worked.length * 4 >= promised * 3) atRiskAt ??= at + MINUTE;
    if (worked.length === promised) return { working: stretches(worked), due: at + MINUTE, atRiskAt };
  }
  throw new Error('There are fewer minutes than promised.');
}
