import type { Weekday } from '../../utils/contract/agreement.ts';
import type { Money } from '../../utils/contract/campaign-report.ts';
import { locale } from '../ui/language.ts';

/** "A, B or C". */
export const either = (values: readonly string[]): string =>
  new Intl.ListFormat(locale(), { type: 'disjunction' }).format(values);

/** 2024 began on a Monday. */
const days: Record<Weekday, string> = {
  monday: '2024-01-01',
  tuesday: '2024-01-02',
  wednesday: '2024-01-03',
  thursday: '2024-01-04',
  friday: '2024-01-05',
  saturday: '2024-01-06',
  sunday: '2024-01-07',
};

/** A day of the week by name: "Mon". */
export const weekdayName = (day: Weekday, weekday: 'short' | 'long' = 'short'): string =>
  new Intl.DateTimeFormat(locale(), { weekday, timeZone: 'UTC' }).format(new Date(days[day]));

/** A part of a whole: "12 %". */
export const percent = (part: number, whole: number): string =>
  new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 0 }).format(part / whole);

/** An amount with its currency: "€1,250.00". */
export const money = ({ amount, currency }: Money): string =>
  new Intl.NumberFormat(locale(), { style: 'currency', currency }).format(amount);

/** A day of UTC, as the hub names it: "16 Nov 2026". */
export const dayName = (day: string): string =>
  new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(day));
