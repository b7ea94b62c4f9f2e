import { Temporal } from 'temporal-polyfill';
import { DateFormat } from '../../utils/contract/import.ts';

const TIME =
  /^(?:,?\s+|T)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s*(AM|PM|Uhr)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/iu;
const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/u;
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/u;

interface DateParts {
  year: number;
  month: number;
  day: number;
  /** What follows the date. */
  rest: string;
}

/** The formats in which this is a date. */
export function dateFormatsOf(text: string): DateFormat[] {
  return DateFormat.options.filter((format) => readDate(text, format, 'UTC') !== null);
}

/** A date in a format as a moment: UTC, ISO 8601; without a time the day's beginning. Null: it is none. */
export function readDate(text: string, format: DateFormat, timeZone: string): string | null {
  const parts = dateParts(text.trim(), format);
  if (!parts) return null;
  const { year, month, day, rest } = parts;
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || year < 1900) return null;
  const time = rest === '' ? { hour: 0, minute: 0, second: 0, offset: '' } : readTime(rest);
  if (!time) return null;
  const { hour, minute, second, offset } = time;
  if (hour > 23 || minute > 59 || second > 59) return null;
  const wall = date.getTime() + ((hour * 60 + minute) * 60 + second) * 1000;
  if (offset !== '') return new Date(wall - offsetMilliseconds(offset)).toISOString();
  if (timeZone === 'UTC') return new Date(wall).toISOString();
  const zoned = new Temporal.PlainDateTime(year, month, day, hour, minute, second).toZonedDateTime(timeZone);
  return new Date(zoned.epochMilliseconds).toISOString();
}

function dateParts(text: string, format: DateFormat): DateParts | null {
  const isYearFirst = format === 'iso' || format === 'ymd';
  const match = (isYearFirst ? YEAR_FIRST : YEAR_LAST).exec(text);
  if (!match) return null;
  const [all, one = '', separator, two = '', three = ''] = match;
  const rest = text.slice(all.length);
  if (isYearFirst) {
    if ((format === 'iso') !== (separator === '-')) return null;
    return { year: Number(one), month: Number(two), day: Number(three), rest };
  }
  // Nobody writes the month first and dots after it.
  if (format === 'mdy' && separator === '.') return null;
  const year = three.length === 2 ? 2000 + Number(three) : Number(three);
  const [month, day] = format === 'mdy' ? [one, two] : [two, one];
  return { year, month: Number(month), day: Number(day), rest };
}

function readTime(text: string) {
  const match = TIME.exec(text);
  if (!match) return null;
  const [, hours, minutes, seconds = '0', half, offset = ''] = match;
  const isHalf = half !== undefined && /[ap]m/iu.test(half);
  const hour = Number(hours);
  if (isHalf && (hour < 1 || hour > 12)) return null;
  return {
    hour: isHalf ? (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0) : hour,
    minute: Number(minutes),
    second: Number(seconds),
    offset,
  };
}

function offsetMilliseconds(offset: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})$/u.exec(offset);
  if (!match) return 0;
  const [, sign, hours, minutes] = match;
  return (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1);
}
