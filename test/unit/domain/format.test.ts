import { expect, it, test } from 'vitest';
import { formatters, initials } from '../../../utils/domain/format.ts';

const now = Date.UTC(2026, 10, 22, 12);
const before = (ms: number) => new Date(now - ms).toISOString();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

test.each([
  ['en', 20_000, 'now'],
  ['en', 5 * MINUTE, '5 min. ago'],
  ['en', 3 * HOUR, '3 hr. ago'],
  ['en', DAY, 'yesterday'],
  ['en', 9 * DAY, '9 days ago'],
  ['de', 20_000, 'jetzt'],
  ['de', 3 * HOUR, 'vor 3 Std.'],
  ['de', 2 * DAY, 'vorgestern'],
])('%s, %i ms ago: %s', (locale, ms, text) => {
  expect(formatters(locale).ago(before(ms), now)).toBe(text);
});

it('names the day of what is long ago', () => {
  const { ago, date } = formatters('de');
  expect(ago(before(40 * DAY), now)).toBe(date(before(40 * DAY)));
  expect(date('2026-10-13T12:00:00.000Z')).toBe('13.10.2026');
});

it('a clock that is ahead does not make a thing happen in the future', () => {
  expect(formatters('en').ago(before(-HOUR), now)).toBe('now');
});

it('groups digits as the language does', () => {
  expect(formatters('de').number(12_345)).toBe('12.345');
  expect(formatters('en').number(12_345)).toBe('12,345');
});

test.each([
  ['DE', 'Germany'],
  ['de', 'Germany'],
  ['XQ', 'XQ'],
  ['1!', '1!'],
  ['\u202Ex', '\u202Ex'],
])('country %s is %s', (code, name) => {
  expect(formatters('en').country(code)).toBe(name);
});

test.each([
  ['Jonas Petersen', 'JP'],
  ['Dr. Ana María de Souza', 'DS'],
  ['madonna', 'M'],
  ['  ', ''],
  ['<img src=x>', 'IS'],
  ['👩‍🚀 Ann', '👩‍🚀A'],
  ['Ann 👩‍🚀', 'A👩‍🚀'],
  ['İpek Ünal', 'İÜ'],
])('the initials of %j are %j', (name, letters) => {
  expect(initials(name)).toBe(letters);
});

it('initials of a very long name are quick and short', () => {
  expect(initials('W'.repeat(10_000))).toBe('W');
});

test.each([
  ['en', 0, '0 min'],
  ['en', 20_000, '1 min'],
  ['en', 3 * HOUR + 20 * MINUTE, '3 hr 20 min'],
  ['en', 26 * HOUR, '26 hr'],
  ['de', 3 * HOUR + 20 * MINUTE, '3 Std. 20 Min.'],
])('%s, working time of %i ms: %s', (locale, ms, text) => {
  expect(formatters(locale).duration(ms)).toBe(text);
});

test.each([
  ['en', 12 * DAY + HOUR, '12 days'],
  ['en', DAY, '1 day'],
  ['de', 5 * HOUR + 59 * MINUTE, '5 Std.'],
  ['de', 30_000, '0 Min.'],
])('%s, a span of %i ms: %s', (locale, ms, text) => {
  expect(formatters(locale).span(ms)).toBe(text);
});

it('names a moment by how near it is', () => {
  const noon = new Date(2026, 10, 22, 12).getTime();
  const at = (ms: number) => formatters('en-GB').when(new Date(noon + ms).toISOString(), noon);
  expect(at(HOUR)).toBe('today, 13:00');
  expect(at(13 * HOUR)).toBe('tomorrow, 01:00');
  expect(at(-DAY)).toBe('yesterday, 12:00');
  expect(at(2 * DAY)).toBe('Tue 24 Nov, 12:00');
  expect(at(300 * DAY)).toBe('18 Sept 2027');
  expect(formatters('de').day(new Date(noon).toISOString())).toBe('So., 22. Nov.');
});
