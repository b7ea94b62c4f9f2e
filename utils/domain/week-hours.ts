import { Weekday, type WorkCalendar } from '../contract/agreement.ts';

export interface DayRun {
  from: Weekday;
  to: Weekday;
  hours: { from: string; to: string }[];
}

/** A calendar's week in runs of days with the same hours; days without any are left out. */
export function weekHours(hours: WorkCalendar['hours']): DayRun[] {
  const runs: DayRun[] = [];
  let last: DayRun | undefined;
  for (const day of Weekday.options) {
    const today = hours[day] ?? [];
    if (last && JSON.stringify(last.hours) === JSON.stringify(today)) last.to = day;
    else runs.push((last = { from: day, to: day, hours: today }));
  }
  return runs.filter((run) => run.hours.length > 0);
}
