import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Clock } from '../../../utils/contract/hand-over.ts';
import { clockState, countingClock, nextClockChange } from '../../../utils/domain/clock-state.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 20) + minute * 60_000).toISOString();
const minute = fc.nat(60);
const clocks = fc.record(
  {
    start: minute,
    risk: minute,
    length: minute,
    stop: minute,
    pauses: fc.array(fc.tuple(minute, minute), { maxLength: 3 }),
  },
  { requiredKeys: ['start', 'risk', 'length', 'pauses'] },
);

it('a clock’s state changes at its next change or never, and not before', () => {
  let changes = 0;
  fc.assert(
    fc.property(clocks, minute, ({ start, risk, length, stop, pauses }, now) => {
      const clock: Clock = {
        startedAt: at(start),
        working: [],
        atRiskAt: at(start + Math.min(risk, length)),
        due: at(start + length),
        ...(stop !== undefined && { stoppedAt: at(start + stop) }),
      };
      const paused = pauses.map(([from, long]) => ({ from: at(from), to: at(from + long) }));
      const present = Date.parse(at(now));
      const state = clockState(clock, paused, present);
      const next = nextClockChange(clock, paused, present) ?? Infinity;
      expect(next).toBeGreaterThan(present);
      for (let later = now; later <= 250; later++) {
        const moment = Date.parse(at(later));
        if (moment < next) expect(clockState(clock, paused, moment)).toBe(state);
        else if (moment === next) changes++;
      }
    }),
  );
  expect(changes).toBeGreaterThan(0);
});

it('the clock that counts is the owner’s, before that the one for finding an owner', () => {
  const clock = (start: number): Clock => ({
    startedAt: at(start),
    working: [],
    atRiskAt: at(start + 3),
    due: at(start + 4),
  });
  const [assignment, response] = [clock(0), clock(1)];
  expect(countingClock({ assignment })).toBe(assignment);
  expect(countingClock({ assignment, response })).toBe(response);
  expect(countingClock({ assignment, response, outcome: 'followed-up' })).toBe(response);
  expect(countingClock({ assignment, response, outcome: 'returned' })).toBeNull();
  expect(countingClock({ assignment, outcome: 'withdrawn' })).toBeNull();
});
