import type { Month } from '../../utils/contract/closed-loop.ts';

/** The month so many months after another one; before it, when negative. */
export function addMonths(month: Month, months: number): Month {
  const date = new Date(`${month}-01T00:00:00.000Z`);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toISOString().slice(0, 7);
}

/** Every month of a period, in order. */
export function monthsOf({ from, to }: { from: Month; to: Month }): Month[] {
  const months: Month[] = [];
  for (let month = from; month <= to; month = addMonths(month, 1)) months.push(month);
  return months;
}

/** The first of as many months right before a period. */
export const monthsBefore = (period: { from: Month; to: Month }): Month =>
  addMonths(period.from, -monthsOf(period).length);
