import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WorkCalendar } from '../../../utils/contract/agreement.ts';
import { clockState, workingMsLeft } from '../../../utils/domain/clock-state.ts';
import { startClock, stopClock } from '../../../utils/domain/sla-clock.ts';
import {
  addWorkingTime,
  NoWorkingTimeError,
  type WorkingDays,
  workingTime,
  workingTimeBetween,
} from '../../../utils/domain/working-time.ts';
import {
  type SlowCalendar,
  slowClock,
  stretches,
  wallClock,
  workingMinutes,
} from '../../support/slow-clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const CASES = 5_000;

/** Half an hour, two hours, at midnight, at odd minutes, without: what daylight saving comes in. */
const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Antarctica/Troll',
  'America/Havana',
  'Africa/Cairo',
  'Asia/Kolkata',
];

/** Days from July 2026 to June 2027 on which the wall clock jumps, found by looking at noon. */
const jumps = new Map(
  ZONES.map((zone) => {
    const noons = Array.from({ length: 365 }, (_, day) => Date.UTC(2026, 6, 1, 12) + day * DAY);
    const shown = (at: number) => wallClock(zone, at).time;
    return [zone, noons.filter((noon) => shown(noon) !== shown(noon + DAY))] as const;
  }),
);
/** Few, so that what Intl said is asked again and again. */
const ORDINARY = ['2026-12-30'].map((day) => Date.parse(`${day}T00:00:00Z`));

const time = fc
  .integer({ min: 0, max: 288 })
  .map(
    (fives) =>
      `${String(Math.floor(fives / 12)).padStart(2, '0')}:${String((fives % 12) * 5).padStart(2, '0')}`,
  );
const hoursOfDay = fc
  .array(fc.tuple(time, time), { maxLength: 3 })
  .map((pairs) =>
    pairs.flatMap(([one, other]) =>
      one === other ? [] : [one < other ? { from: one, to: other } : { from: other, to: one }],
    ),
  );
const hours = fc.record({
  monday: hoursOfDay,
  tuesday: hoursOfDay,
  wednesday: hoursOfDay,
  thursday: hoursOfDay,
  friday: hoursOfDay,
  saturday: hoursOfDay,
  sunday: hoursOfDay,
});

interface Case {
  calendar: SlowCalendar;
  start: number;
  end: number;
  pauses: { from: number; to: number }[];
  /** How much of the working time in the window is promised, and where else to look. */
  share: number;
  looks: number[];
}

const cases: fc.Arbitrary<Case> = fc
  .record({ zone: fc.constantFrom(...ZONES), hours, days: fc.integer({ min: 1, max: 4 }) })
  .chain(({ zone, hours, days }) =>
    fc
      .record({
        base: fc.constantFrom(...(jumps.get(zone) ?? []), ...ORDINARY),
        before: fc.integer({ min: 0, max: 2 * 24 * 60 }),
        free: fc.array(fc.integer({ min: 0, max: days }), { maxLength: 3 }),
        pauses: fc.array(
          fc.tuple(fc.integer({ min: -600, max: days * 1440 }), fc.integer({ min: 0, max: 2000 })),
          {
            maxLength: 3,
          },
        ),
        share: fc.double({ min: 0, max: 1, noNaN: true }),
        looks: fc.array(fc.integer({ min: -60, max: days * 1440 }), { minLength: 3, maxLength: 3 }),
      })
      .map(({ base, before, free, pauses, share, looks }) => {
        const start = base - before * MINUTE;
        const freeDays = free.map((day) => wallClock(zone, start + day * DAY).day);
        return {
          calendar: { timeZone: zone, hours, free: new Set(freeDays) },
          start,
          end: start + days * DAY,
          pauses: pauses.map(([from, length]) => ({
            from: start + from * MINUTE,
            to: start + (from + length) * MINUTE,
          })),
          share,
          looks: looks.map((minute) => start + minute * MINUTE),
        };
      }),
  );

const fast = ({ timeZone, hours, free }: SlowCalendar): WorkingDays => ({
  timeZone,
  hours,
  isFree: (day) => free.has(day),
});
const instant = (at: number) => new Date(at).toISOString();

describe('against a clock that walks minute by minute', () => {
  it(`counts alike in ${CASES} random cases`, { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(cases, ({ calendar, start, end, pauses, share, looks }) => {
        const days = fast(calendar);
        const minutes = workingMinutes(calendar, start, end, pauses);
        const stored = pauses.map(({ from, to }) => ({ from: instant(from), to: instant(to) }));
        fc.pre(minutes.length > 0);

        const promised = Math.max(1, Math.round(share * minutes.length));
        const slow = slowClock(minutes, promised);
        const clock = startClock(days, new Date(start), promised, stored);
        expect(clock.working).toEqual(
          slow.working.map(({ from, to }) => ({ from: instant(from), to: instant(to) })),
        );
        expect(clock.due).toBe(instant(slow.due));
        // The slow clock knows whole minutes only; three quarters of the promise may end within one.
        const late = (slow.atRiskAt ?? NaN) - Date.parse(clock.atRiskAt);
        if (promised % 4 === 0) expect(late).toBe(0);
        else expect(late >= 0 && late < MINUTE).toBe(true);

        for (const look of looks) {
          const worked = minutes.filter((at) => at < look).length;
          expect(workingMsLeft(clock, look)).toBe(Math.max(0, promised - worked) * MINUTE);
          expect(clockState(clock, stored, look)).toBe(
            slowState(look, { start, promised, worked, pauses, clock }),
          );
          const stopped = stopClock(days, clock, new Date(look), stored);
          expect(stopped.tookMinutes).toBe(worked);
        }
      }),
      { numRuns: CASES },
    );
  });

  it('finds the same time between two moments without pauses', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(cases, ({ calendar, start, end }) => {
        const minutes = workingMinutes(calendar, start, end);
        expect(workingTimeBetween(fast(calendar), start, end)).toBe(minutes.length * MINUTE);
        const spans = [];
        for (const { from, to } of workingTime(fast(calendar), start)) {
          if (from >= end) break;
          spans.push({ from, to: Math.min(to, end) });
        }
        expect(spans).toEqual(stretches(minutes));
      }),
      { numRuns: 500 },
    );
  });
});

/** The state by what has been worked, as DESIGN §6 words it. */
function slowState(
  look: number,
  {
    start,
    promised,
    worked,
    pauses,
    clock,
  }: Pick<Case, 'start' | 'pauses'> & {
    promised: number;
    worked: number;
    clock: { atRiskAt: string };
  },
): string {
  if (look < start) return 'not-started';
  if (worked >= promised) return 'breached';
  if (pauses.some(({ from, to }) => from <= look && look < to)) return 'paused';
  // Within the minute in which three quarters end, only the clock itself knows.
  return promised % 4 === 0
    ? worked * 4 >= promised * 3
      ? 'at-risk'
      : 'running'
    : look >= Date.parse(clock.atRiskAt)
      ? 'at-risk'
      : 'running';
}

const office: WorkCalendar['hours'] = {
  monday: [{ from: '09:00', to: '17:00' }],
  tuesday: [{ from: '09:00', to: '17:00' }],
};
const berlin = (hours: WorkCalendar['hours'], free: string[] = []): WorkingDays => ({
  timeZone: 'Europe/Berlin',
  hours,
  isFree: (day) => free.includes(day),
});

describe('addWorkingTime', () => {
  const monday = Date.parse('2026-11-23T07:59:30.250Z');

  it('begins with the next working time and is exact to the millisecond', () => {
    expect(addWorkingTime(berlin(office), monday, 480)).toEqual({
      working: [{ from: Date.parse('2026-11-23T08:00Z'), to: Date.parse('2026-11-23T16:00Z') }],
      end: Date.parse('2026-11-23T16:00Z'),
    });
    expect(addWorkingTime(berlin(office), monday + HOUR, 1).end).toBe(monday + HOUR + MINUTE);
  });

  it('takes no time for nothing', () =>
    expect(addWorkingTime(berlin({}), monday, 0)).toEqual({ working: [], end: monday }));

  it('counts overlapping hours once and joins days that touch', () => {
    const round = [
      { from: '00:00', to: '13:00' },
      { from: '11:00', to: '24:00' },
    ];
    const { working } = addWorkingTime(berlin({ monday: round, tuesday: round }), monday, 30 * 60);
    expect(working).toEqual([{ from: monday, to: monday + 30 * HOUR }]);
  });

  it('looks past pauses of years', () => {
    const pause = { from: monday, to: Date.parse('2036-11-24T00:00Z') };
    expect(addWorkingTime(berlin(office), monday, 60, [pause]).end).toBe(Date.parse('2036-11-24T09:00Z'));
  });

  it('says so when a calendar never works, or too little', () => {
    const never = berlin(office, []);
    const free = { ...never, isFree: () => true };
    expect(() => addWorkingTime(free, monday, 1)).toThrow(NoWorkingTimeError);
    const aMinuteAWeek = berlin({ monday: [{ from: '09:00', to: '09:01' }] });
    expect(() => addWorkingTime(aMinuteAWeek, monday, 200)).toThrow(NoWorkingTimeError);
    expect(addWorkingTime(aMinuteAWeek, monday, 100).working).toHaveLength(100);
  });

  it('stays within a thousand spans', () => {
    const quarters = Array.from({ length: 24 }, (_, hour) => {
      const at = String(hour).padStart(2, '0');
      return { from: `${at}:00`, to: `${at}:01` };
    });
    const busy = berlin({ monday: quarters, tuesday: quarters, wednesday: quarters, thursday: quarters });
    expect(addWorkingTime(busy, monday, 1000).working).toHaveLength(1000);
    expect(() => addWorkingTime(busy, monday, 1001)).toThrow(NoWorkingTimeError);
  });
});
