import type { Month } from '../contract/closed-loop.ts';

/** Months, as in `2026-11`, both included. */
export interface ReportPeriod {
  from: Month;
  to: Month;
}

/** The month so many months after another one; before it, when negative. */
export function monthAfter(month: Month, months: number): Month {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + months)).toISOString().slice(0, 7);
}

/** How many months a period has. */
export const lengthOf = ({ from, to }: ReportPeriod): number => numberOf(to) - numberOf(from) + 1;
const numberOf = (month: Month) => 12 * Number(month.slice(0, 4)) + Number(month.slice(5));

/** As many months right before. */
export const periodBefore = (period: ReportPeriod): ReportPeriod => ({
  from: monthAfter(period.from, -lengthOf(period)),
  to: monthAfter(period.from, -1),
});

/** Every month of a period, in order. */
export const monthsOf = (period: ReportPeriod): Month[] =>
  Array.from({ length: lengthOf(period) }, (_, index) => monthAfter(period.from, index));

export type PeriodPreset = 'thisQuarter' | 'lastQuarter' | 'lastYear';

/** The periods people ask for, up to the month (UTC) of `now`. */
export function presetPeriods(now: number): Record<PeriodPreset, ReportPeriod> {
  const month = new Date(now).toISOString().slice(0, 7);
  const quarter = monthAfter(month, -((Number(month.slice(5)) - 1) % 3));
  return {
    thisQuarter: { from: quarter, to: month },
    lastQuarter: { from: monthAfter(quarter, -3), to: monthAfter(quarter, -1) },
    lastYear: { from: monthAfter(month, -11), to: month },
  };
}
