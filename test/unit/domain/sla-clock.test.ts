import { describe, expect, it } from 'vitest';
import { workingDays } from '../../../server/calendar/holidays.ts';
import type { WorkCalendar } from '../../../utils/contract/agreement.ts';
import type { Clock } from '../../../utils/contract/hand-over.ts';
import { clockState, isLate, workingMsLeft } from '../../../utils/domain/clock-state.ts';
import {
  afterDue,
  replanClock,
  restartClock,
  startClock,
  stopClock,
} from '../../../utils/domain/sla-clock.ts';
import { slowClock, workingMinutes } from '../../support/slow-clock.ts';

const MINUTE = 60_000;
const HOUR = 60;
const DAY_MS = 24 * 60 * MINUTE;

const weekdays = (...hours: NonNullable<WorkCalendar['hours']['monday']>): WorkCalendar['hours'] => ({
  monday: hours,
  tuesday: hours,
  wednesday: hours,
  thursday: hours,
  friday: hours,
});
const everyDay = (...hours: NonNullable<WorkCalendar['hours']['monday']>): WorkCalendar['hours'] => ({
  ...weekdays(...hours),
  saturday: hours,
  sunday: hours,
});
const office = weekdays({ from: '09:00', to: '17:00' });

/** A calendar, and beside it the free days that people look up in an almanac. */
function calendar(hours: WorkCalendar['hours'], state?: 'BY' | 'BE') {
  const label = { en: 'Office', de: 'Büro' };
  const holidays = state && { country: 'DE', state };
  const agreed = { id: 'office', label, timeZone: 'Europe/Berlin', hours, closed: [] };
  const free = new Set([...(state ? FREE_IN_GERMANY : []), ...(state ? FREE_IN[state] : [])]);
  return { fast: workingDays({ ...agreed, ...(holidays && { holidays }) }), slow: { ...agreed, free } };
}
const FREE_IN_GERMANY = [
  '2026-01-01',
  '2026-04-03',
  '2026-04-06',
  '2026-05-01',
  '2026-05-14',
  '2026-05-25',
  '2026-10-03',
  '2026-12-25',
  '2026-12-26',
  '2027-01-01',
];
const FREE_IN = {
  BY: ['2026-01-06', '2026-06-04', '2026-11-01', '2027-01-06'],
  BE: ['2026-03-08', '2027-03-08'],
};

type Both = ReturnType<typeof calendar>;
const at = (local: string) => new Date(local);

/** Both clocks; they must agree. */
function bothClocks({ fast, slow }: Both, startedAt: Date, minutes: number, pauses: Clock['working'] = []) {
  const clock = startClock(fast, startedAt, minutes, pauses);
  const start = startedAt.getTime();
  const spans = pauses.map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) }));
  const walked = slowClock(workingMinutes(slow, start, start + 40 * DAY_MS, spans), minutes);
  expect(clock).toEqual({
    startedAt: startedAt.toISOString(),
    working: walked.working.map(({ from, to }) => ({ from: instant(from), to: instant(to) })),
    atRiskAt: instant(walked.atRiskAt ?? NaN),
    due: instant(walked.due),
  });
  return clock;
}
const instant = (time: number) => new Date(time).toISOString();
const due = (...given: Parameters<typeof bothClocks>) => bothClocks(...given).due;

describe('when a promise is due', () => {
  it('over Friday evening: on Monday', () =>
    expect(due(calendar(office), at('2026-11-20T16:00+01:00'), 4 * HOUR)).toBe('2026-11-23T11:00:00.000Z'));

  it('given on Friday night: like one given on Monday morning', () => {
    const friday = due(calendar(office), at('2026-11-20T23:00+01:00'), 4 * HOUR);
    expect(friday).toBe(due(calendar(office), at('2026-11-23T09:00+01:00'), 4 * HOUR));
  });

  it('on the evening itself when the last minute is used up then', () =>
    expect(due(calendar(office), at('2026-11-20T13:00+01:00'), 4 * HOUR)).toBe('2026-11-20T16:00:00.000Z'));

  it.each([
    ['Epiphany is free in Bavaria', 'BY', '2026-01-05T16:00+01:00', '2026-01-07T11:00:00.000Z'],
    ['Epiphany is an ordinary day in Berlin', 'BE', '2026-01-05T16:00+01:00', '2026-01-06T11:00:00.000Z'],
    ["Women's Day is free in Berlin", 'BE', '2027-03-05T16:00+01:00', '2027-03-09T11:00:00.000Z'],
    ["Women's Day is an ordinary day in Bavaria", 'BY', '2027-03-05T16:00+01:00', '2027-03-08T11:00:00.000Z'],
    ['Corpus Christi is free in Bavaria', 'BY', '2026-06-03T16:00+02:00', '2026-06-05T10:00:00.000Z'],
    [
      'Corpus Christi is an ordinary day in Berlin',
      'BE',
      '2026-06-03T16:00+02:00',
      '2026-06-04T10:00:00.000Z',
    ],
    ['Easter is four days long', 'BE', '2026-04-02T16:00+02:00', '2026-04-07T10:00:00.000Z'],
    ['Christmas and a weekend', 'BY', '2026-12-24T16:00+01:00', '2026-12-28T11:00:00.000Z'],
    ['New Year on a Friday', 'BY', '2026-12-31T16:00+01:00', '2027-01-04T11:00:00.000Z'],
  ] as const)('%s', (_, state, startedAt, expected) =>
    expect(due(calendar(office, state), at(startedAt), 4 * HOUR)).toBe(expected),
  );
});

describe('nights of daylight saving in Berlin', () => {
  const night = calendar(everyDay({ from: '22:00', to: '24:00' }, { from: '00:00', to: '06:00' }));

  it.each([
    ['an hour is missing in spring 2026', '2026-03-28T22:00+01:00', '2026-03-29T21:00:00.000Z'],
    ['an hour is missing in spring 2027', '2027-03-27T22:00+01:00', '2027-03-28T21:00:00.000Z'],
    ['an hour comes twice in autumn 2026', '2026-10-24T22:00+02:00', '2026-10-25T04:00:00.000Z'],
    ['an hour comes twice in autumn 2027', '2027-10-30T22:00+02:00', '2027-10-31T04:00:00.000Z'],
  ])('a shift of eight hours: %s', (_, startedAt, expected) =>
    expect(due(night, at(startedAt), 8 * HOUR)).toBe(expected),
  );

  it('a shift is seven hours long in spring and nine in autumn', () => {
    const length = (from: string, to: string) =>
      workingMinutes(night.slow, Date.parse(from), Date.parse(to)).length;
    expect(length('2026-03-28T22:00+01:00', '2026-03-29T12:00+02:00')).toBe(7 * HOUR);
    expect(length('2026-10-24T22:00+02:00', '2026-10-25T12:00+01:00')).toBe(9 * HOUR);
  });

  it('who works only in the hour that is skipped does not work that night', () => {
    const skipped = calendar(everyDay({ from: '02:00', to: '03:00' }));
    expect(due(skipped, at('2026-03-28T12:00+01:00'), HOUR)).toBe('2026-03-30T01:00:00.000Z');
  });

  it('who works only in the hour that comes twice works it twice', () => {
    const twice = calendar(everyDay({ from: '02:00', to: '03:00' }));
    expect(due(twice, at('2026-10-24T12:00+02:00'), 2 * HOUR)).toBe('2026-10-25T02:00:00.000Z');
  });

  it('half of such an hour is two halves apart from each other', () => {
    const half = calendar(everyDay({ from: '02:30', to: '03:00' }));
    expect(bothClocks(half, at('2026-10-24T12:00+02:00'), HOUR).working).toEqual([
      { from: '2026-10-25T00:30:00.000Z', to: '2026-10-25T01:00:00.000Z' },
      { from: '2026-10-25T01:30:00.000Z', to: '2026-10-25T02:00:00.000Z' },
    ]);
  });

  it('hours that begin or end in the hour that is skipped lose what is skipped', () => {
    const early = calendar(everyDay({ from: '01:00', to: '02:30' }));
    expect(due(early, at('2026-03-28T12:00+01:00'), 88)).toBe('2026-03-29T23:28:00.000Z');
    const late = calendar(everyDay({ from: '02:30', to: '04:00' }));
    expect(due(late, at('2026-03-28T12:00+01:00'), 88)).toBe('2026-03-30T00:58:00.000Z');
  });
});

describe('pauses', () => {
  const berlin = calendar(office, 'BE');
  const start = at('2026-11-20T10:00+01:00');
  const pause = { from: '2026-11-20T10:00:00.000Z', to: '2026-11-23T10:00:00.000Z' };

  it('move what is due by the working time they cover', () =>
    expect(due(berlin, start, 4 * HOUR, [pause])).toBe('2026-11-23T13:00:00.000Z'));

  it('that are resumed early count no further', () => {
    const paused = bothClocks(berlin, start, 4 * HOUR, [pause]);
    const resumed = [{ ...pause, to: '2026-11-20T12:00:00.000Z' }];
    expect(replanClock(berlin.fast, paused, resumed)).toEqual(bothClocks(berlin, start, 4 * HOUR, resumed));
    expect(replanClock(berlin.fast, paused, []).due).toBe('2026-11-20T13:00:00.000Z');
  });

  it('may overlap, be empty, or lie outside working time', () => {
    const night = { from: '2026-11-20T17:00:00.000Z', to: '2026-11-20T19:00:00.000Z' };
    const empty = { from: '2026-11-20T10:30:00.000Z', to: '2026-11-20T10:30:00.000Z' };
    const inside = { from: '2026-11-20T11:00:00.000Z', to: '2026-11-20T12:00:00.000Z' };
    expect(due(berlin, start, 4 * HOUR, [night, inside, pause, empty])).toBe('2026-11-23T13:00:00.000Z');
    expect(due(berlin, start, 4 * HOUR, [empty, night])).toBe('2026-11-20T13:00:00.000Z');
  });

  it('hold up what follows a broken promise', () => {
    const clock = bothClocks(berlin, start, HOUR);
    expect(afterDue(berlin.fast, clock, 0, [])).toEqual(at(clock.due));
    expect(afterDue(berlin.fast, clock, HOUR, [pause])).toEqual(at('2026-11-23T11:00:00.000Z'));
  });
});

describe('stopping', () => {
  const berlin = calendar(office, 'BE');
  const clock = bothClocks(berlin, at('2026-11-20T16:00+01:00'), 2 * HOUR);

  it('counts working time only', () => {
    const stopped = stopClock(berlin.fast, clock, at('2026-11-23T09:30+01:00'), []);
    expect(stopped).toEqual({ ...clock, stoppedAt: '2026-11-23T08:30:00.000Z', tookMinutes: 90 });
    expect(stopClock(berlin.fast, stopped, at('2026-11-24T09:30+01:00'), [])).toBe(stopped);
    expect(replanClock(berlin.fast, stopped, [])).toBe(stopped);
  });

  it('happens at the earliest at the start', () => {
    const stopped = stopClock(berlin.fast, clock, at('2026-11-01T09:00+01:00'), []);
    expect(stopped).toMatchObject({ stoppedAt: clock.startedAt, tookMinutes: 0 });
  });

  it('can be taken back', () => {
    const stopped = stopClock(berlin.fast, clock, at('2026-11-23T09:30+01:00'), []);
    expect(restartClock(berlin.fast, stopped, [])).toEqual(clock);
  });
});

it('a new owner has the whole time, from the moment they have it', () => {
  const berlin = calendar(office, 'BY');
  const first = bothClocks(berlin, at('2026-12-23T16:00+01:00'), 4 * HOUR);
  expect(first.due).toBe('2026-12-24T11:00:00.000Z');
  const second = bothClocks(berlin, at('2026-12-24T16:00+01:00'), 4 * HOUR);
  expect(second.due).toBe('2026-12-28T11:00:00.000Z');
});

describe('clockState', () => {
  const berlin = calendar(office, 'BE');
  const clock = bothClocks(berlin, at('2026-11-20T16:00+01:00'), 2 * HOUR);
  const stop = (local: string) => stopClock(berlin.fast, clock, at(local), []);
  const state = (shown: Clock | undefined, local: string, pauses: Clock['working'] = []) =>
    clockState(shown, pauses, at(local).getTime());

  it.each([
    ['2026-11-20T15:59:59.999+01:00', 'not-started', 120],
    ['2026-11-20T16:00+01:00', 'running', 120],
    ['2026-11-21T12:00+01:00', 'running', 60],
    ['2026-11-23T09:29:59.999+01:00', 'running', 30 + 1 / 60_000],
    ['2026-11-23T09:30+01:00', 'at-risk', 30],
    ['2026-11-23T09:59:59.999+01:00', 'at-risk', 1 / 60_000],
    ['2026-11-23T10:00+01:00', 'breached', 0],
    ['2027-11-23T10:00+01:00', 'breached', 0],
  ])('at %s: %s', (local, expected, minutes) => {
    expect(state(clock, local)).toBe(expected);
    expect(workingMsLeft(clock, at(local).getTime())).toBeCloseTo(minutes * MINUTE, 5);
  });

  it('without a clock nothing has started', () =>
    expect(state(undefined, '2026-11-20T16:00+01:00')).toBe('not-started'));

  it('is met from the stop on, and late only after what was due', () => {
    const inTime = stop('2026-11-23T10:00+01:00');
    expect(state(inTime, '2026-11-23T09:59+01:00')).toBe('at-risk');
    expect(state(inTime, '2026-11-23T10:00+01:00')).toBe('met');
    expect(isLate(inTime)).toBe(false);
    const late = stop('2026-11-23T10:00:00.001+01:00');
    expect(state(late, '2027-11-23T10:00+01:00')).toBe('met');
    expect(isLate(late)).toBe(true);
    expect(isLate(clock)).toBe(false);
  });

  it('keeps the time that was left at the stop', () =>
    expect(workingMsLeft(stop('2026-11-20T16:30+01:00'), at('2027-01-01T00:00+01:00').getTime())).toBe(
      90 * MINUTE,
    ));

  it('is paused inside a pause, unless the promise is broken already', () => {
    const pause = { from: '2026-11-20T15:30:00.000Z', to: '2026-11-21T15:30:00.000Z' };
    expect(state(clock, '2026-11-20T16:30+01:00', [pause])).toBe('paused');
    expect(state(clock, '2026-11-21T16:30+01:00', [pause])).toBe('running');
    const after = { from: '2026-11-23T09:30:00.000Z', to: '2026-11-24T09:30:00.000Z' };
    expect(state(clock, '2026-11-23T12:00+01:00', [after])).toBe('breached');
  });
});
