import { describe, expect, it } from 'vitest';
import { checkPromises } from '../../server/calendar/check-promises.ts';
import { checkCalendar, holidaysOf, workingDays } from '../../server/calendar/holidays.ts';
import { defaultAgreement } from '../../utils/domain/default-agreement.ts';

describe('holidaysOf', () => {
  it("knows the states' own days", () => {
    const days = (state: string) => holidaysOf({ country: 'DE', state }, 2026);
    const only = (one: string, other: string) => [...days(one)].filter((day) => !days(other).has(day)).sort();
    const inYear = (list: string[]) => list.filter((day) => day.startsWith('2026'));
    expect(inYear(only('BY', 'BE'))).toEqual(['2026-01-06', '2026-06-04', '2026-11-01']);
    expect(inYear(only('BE', 'BY'))).toEqual(['2026-03-08']);
  });

  it('without a state, only what holds in the whole country', () => {
    const days = holidaysOf({ country: 'DE' }, 2026);
    expect(days.has('2026-10-03')).toBe(true);
    expect(days.has('2026-01-06')).toBe(false);
  });

  it('counts every day of those that last several, but not the half day that belongs to them', () => {
    // Turkey's feast of sacrifice is four days and the afternoon before.
    const turkey = [...holidaysOf({ country: 'TR' }, 2026)].filter(
      (day) => day >= '2026-05-26' && day <= '2026-05-31',
    );
    expect(turkey).toEqual(['2026-05-27', '2026-05-28', '2026-05-29', '2026-05-30']);
  });

  it('leaves out what is celebrated but worked', () =>
    expect(holidaysOf({ country: 'DE' }, 2026).has('2026-12-24')).toBe(false));
});

it('closed days are free besides', () => {
  const [office] = defaultAgreement(new Date()).calendars;
  if (!office) throw new Error('The default agreement has no calendar.');
  const { isFree } = workingDays({ ...office, closed: ['2026-12-24'] });
  expect(['2026-12-23', '2026-12-24', '2026-12-25'].map(isFree)).toEqual([false, true, true]);
});

describe('checkCalendar', () => {
  it('accepts what is known, and none', () => {
    expect(checkCalendar({})).toEqual([]);
    expect(checkCalendar({ holidays: { country: 'DE', state: 'BY' } })).toEqual([]);
  });

  it('names what is not, and what to do', () => {
    expect(checkCalendar({ holidays: { country: 'XX' } })).toMatchObject([
      { path: ['holidays', 'country'], message: expect.stringContaining('closed') as string },
    ]);
    expect(checkCalendar({ holidays: { country: 'DE', state: 'QQ' } })).toMatchObject([
      { path: ['holidays', 'state'], message: expect.stringContaining('known are BB, BE') as string },
    ]);
    expect(checkCalendar({ holidays: { country: 'EE', state: 'QQ' } })).toMatchObject([
      { message: 'EE has no state QQ; leave it out' },
    ]);
  });
});

describe('checkPromises', () => {
  const now = new Date('2026-11-22T12:00:00.000Z');
  const shipped = defaultAgreement(now);

  it('accepts what the hub ships', () => expect(checkPromises(shipped, now)).toEqual([]));

  it('names every promise that no clock could count', () => {
    const [office] = shipped.calendars;
    if (!office) throw new Error('The default agreement has no calendar.');
    const seldom = { ...office, hours: { sunday: [{ from: '09:00', to: '09:01' }] } };
    const paths = checkPromises({ ...shipped, calendars: [seldom] }, now).map(({ path }) => path.join('/'));
    expect(paths).toContain('sla/rules/1/respondWithin');
    expect(paths).toContain('sla/answerWithin');
    expect(paths).toContain('sla/escalation/1/after');
    expect(new Set(paths).size).toBe(paths.length);
  });
});
