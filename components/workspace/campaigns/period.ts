import type { Period } from '../../../utils/queries/use-campaigns.ts';

/** The periods to choose from, as addresses name them. */
export const periods = ['three', 'twelve', 'ever'] as const;
export type PeriodName = (typeof periods)[number];

const MONTHS = { three: 3, twelve: 12 };
/** Before any data. */
const BEGINNING = '2000-01';

/** What an address names; twelve months where it names nothing known. */
export const periodNamed = (query: URLSearchParams): PeriodName =>
  periods.find((name) => name === query.get('period')) ?? 'twelve';

/** The months of a period that ends with the present one, in UTC as the hub counts. */
export function monthsOf(name: PeriodName, now: number): Period {
  const to = monthBefore(now, 0);
  return { from: name === 'ever' ? BEGINNING : monthBefore(now, MONTHS[name] - 1), to };
}

function monthBefore(now: number, months: number): string {
  const date = new Date(now);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months)).toISOString().slice(0, 7);
}

/** A copy of an address's filters with one of them changed; what is usual stands in no address. */
export function withFilter(query: URLSearchParams, name: string, value: string, usual: string) {
  const changed = new URLSearchParams(query);
  if (value === usual) changed.delete(name);
  else changed.set(name, value);
  return changed;
}
