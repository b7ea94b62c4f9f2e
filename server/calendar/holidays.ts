import Holidays from 'date-holidays';
import { Temporal } from 'temporal-polyfill';
import type { WorkCalendar } from '../../utils/contract/agreement.ts';
import type { WorkingDays } from '../../utils/domain/working-time.ts';

export type HolidayPlace = NonNullable<WorkCalendar['holidays']>;

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const finders = new Map<string, Holidays>();
const years = new Map<string, ReadonlySet<string>>();

/**
 * The public holidays of a country or one of its states in a year, as days (`2026-12-25`). Only whole days,
 * and only those that hold everywhere in the place: half days and single towns' holidays are working time.
 * Data of date-holidays 3.37.
 */
export function holidaysOf(place: HolidayPlace, year: number): ReadonlySet<string> {
  const key = `${keyOf(place)} ${year}`;
  const known = years.get(key);
  if (known) return known;
  // One that lasts several days may have begun in the year before.
  const days = new Set([year - 1, year].flatMap((each) => daysOf(place, each)));
  years.set(key, days);
  return days;
}

/** A calendar of the agreement with its public holidays looked up. */
export function workingDays({ timeZone, hours, holidays, closed }: WorkCalendar): WorkingDays {
  const closedDays = new Set(closed);
  const isFree = (day: string) =>
    closedDays.has(day) || (holidays !== undefined && holidaysOf(holidays, Number(day.slice(0, 4))).has(day));
  return { timeZone, hours, isFree };
}

/** Something wrong in a document, and where inside of what was checked. */
export interface Issue {
  path: (string | number)[];
  message: string;
}

/** What a schema cannot see: whether the public holidays of the calendar's country and state are known. */
export function checkCalendar({ holidays }: Pick<WorkCalendar, 'holidays'>): Issue[] {
  if (holidays === undefined) return [];
  const { country, state } = holidays;
  const all = new Holidays();
  if (!(country in all.getCountries())) {
    const message = `the public holidays of ${country} are not known; leave holidays out and name the days in closed`;
    return [{ path: ['holidays', 'country'], message }];
  }
  const states = Object.keys(all.getStates(country) ?? {});
  if (state === undefined || states.includes(state)) return [];
  const known = states.length > 0 ? `known are ${states.join(', ')}` : 'leave it out';
  return [{ path: ['holidays', 'state'], message: `${country} has no state ${state}; ${known}` }];
}

function daysOf(place: HolidayPlace, year: number): string[] {
  return finderOf(place)
    .getHolidays(year)
    .filter(({ date }) => date.slice(11, 19) === '00:00:00')
    .flatMap(({ date, start, end }) => {
      const first = Temporal.PlainDate.from(date.slice(0, 10));
      // A day that begins daylight saving is an hour short and still a whole one.
      const length = Math.max(1, Math.floor((end.getTime() - start.getTime() + 2 * HOUR) / DAY));
      return Array.from({ length }, (_, days) => first.add({ days }).toString());
    });
}

function finderOf(place: HolidayPlace): Holidays {
  const key = keyOf(place);
  const known = finders.get(key);
  if (known) return known;
  const { country, state } = place;
  const options = { types: ['public' as const] };
  const finder = state === undefined ? new Holidays(country, options) : new Holidays(country, state, options);
  finders.set(key, finder);
  return finder;
}

const keyOf = ({ country, state }: HolidayPlace) => `${country}-${state ?? ''}`;
