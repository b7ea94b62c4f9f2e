import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { EngagementRule } from '../../../utils/contract/agreement.ts';
import { engagementOf, pointsAt, pointsOf } from '../../../utils/domain/engagement.ts';
import type { TouchpointFact } from '../../../utils/domain/facts.ts';
import { momentumOf } from '../../../utils/domain/momentum.ts';
import { facts, NOW } from './criteria-arbitraries.ts';

const rule: EngagementRule = {
  halfLifeDays: 14,
  points: [
    { kinds: ['form.submitted'], points: 20 },
    { kinds: ['page.visited', 'form.submitted'], points: 2 },
  ],
};
const daysAgo = (days: number) => new Date(Date.parse(NOW) - days * 86_400_000).toISOString();
const touch = (days: number, rest: Partial<TouchpointFact> = {}): TouchpointFact => ({
  id: `${days}`,
  kind: 'page.visited',
  title: 'Prices',
  occurredAt: daysAgo(days),
  source: 'web',
  machine: false,
  ...rest,
});
const score = (touchpoints: TouchpointFact[], now = NOW) =>
  pointsAt(engagementOf(touchpoints, rule, now).level, rule, now);

describe('points', () => {
  it('are those of the first line that names the kind', () => {
    expect(pointsOf('form.submitted', rule)).toBe(20);
    expect(pointsOf('call', rule)).toBe(0);
  });

  it('halve with every half-life', () => {
    expect(score([touch(0)])).toBeCloseTo(2, 9);
    expect(score([touch(14), touch(28)])).toBeCloseTo(1.5, 9);
  });

  it('leave out machines, which are named, what earns nothing and what is yet to come', () => {
    const engagement = engagementOf(
      [
        touch(1, { machine: true, machineReason: 'proxy' }),
        touch(2, { machine: true, machineReason: 'proxy' }),
        touch(3, { machine: true }),
        touch(4, { machine: true, kind: 'call' }),
        touch(5, { kind: 'call' }),
        touch(-1),
      ],
      rule,
      NOW,
    );
    expect(engagement).toEqual({
      level: null,
      parts: [],
      excluded: [
        { reason: 'proxy', count: 2 },
        { reason: 'source', count: 1 },
      ],
      momentum: 'steady',
      newestAt: undefined,
      validUntil: daysAgo(-1),
    });
  });

  it('name what counts most now, at most five', () => {
    const { parts, newestAt } = engagementOf(
      [touch(60, { kind: 'form.submitted' }), ...[5, 4, 3, 2, 1].map((days) => touch(days))],
      rule,
      NOW,
    );
    expect(parts.map(({ touchpoint }) => touchpoint.id)).toEqual(['1', '2', '3', '4', '5']);
    expect(pointsAt(parts[0]?.level ?? null, rule, NOW)).toBeCloseTo(2 * 2 ** (-1 / 14), 9);
    expect(newestAt).toBe(daysAgo(1));
  });

  test('are the plain sum of what is left, whatever happened', () => {
    fc.assert(
      fc.property(facts(60), ({ touchpoints }) => {
        const left = touchpoints
          .filter(({ machine, occurredAt }) => !machine && occurredAt <= NOW)
          .map(
            ({ kind, occurredAt }) =>
              pointsOf(kind, rule) * 0.5 ** ((Date.parse(NOW) - Date.parse(occurredAt)) / (14 * 86_400_000)),
          );
        expect(score([...touchpoints])).toBeCloseTo(
          left.reduce((a, b) => a + b, 0),
          6,
        );
      }),
      { numRuns: 200 },
    );
  }, 30_000);

  test('keep who is ahead ahead', () => {
    const one = engagementOf([touch(1)], rule, NOW).level ?? 0;
    const other = engagementOf([touch(30, { kind: 'form.submitted' })], rule, NOW).level ?? 0;
    for (const days of [0, 10, 1_000, -3_000]) {
      const ahead = pointsAt(other, rule, daysAgo(-days)) > pointsAt(one, rule, daysAgo(-days));
      expect(ahead).toBe(other > one);
    }
  });
});

describe('momentum', () => {
  it.each([
    [0, 0, 'steady'],
    [0, 1, 'rising'],
    [1, 0, 'falling'],
    [10, 12.5, 'steady'],
    [10, 12.6, 'rising'],
    [10, 8, 'steady'],
    [10, 7.9, 'falling'],
  ] as const)('from %d to %d: %s', (before, now, momentum) => expect(momentumOf(before, now)).toBe(momentum));

  it('compares the last seven days with the seven before, and says until when', () => {
    const touchpoints = [touch(1), touch(2), touch(10)];
    const rising = engagementOf(touchpoints, rule, NOW);
    expect(rising).toMatchObject({ momentum: 'rising' });
    // When the one of ten days ago leaves nothing changes; then the first of the new ones grows old.
    expect(rising.validUntil).toBe(daysAgo(-5));
    expect(engagementOf(touchpoints, rule, daysAgo(-5)).momentum).toBe('steady');
    expect(engagementOf(touchpoints, rule, daysAgo(-6)).momentum).toBe('falling');
  });

  test('does not change before it says so', () => {
    fc.assert(
      fc.property(facts(40), fc.double({ min: 0, max: 1, noNaN: true }), ({ touchpoints }, part) => {
        const { momentum, level, validUntil } = engagementOf(touchpoints, rule, NOW);
        expect(validUntil === undefined || validUntil > NOW).toBe(true);
        const start = Date.parse(NOW);
        const end = validUntil === undefined ? start + 86_400_000_000 : Date.parse(validUntil);
        const later = new Date(start + Math.floor((end - 1 - start) * part)).toISOString();
        const then = engagementOf(touchpoints, rule, later);
        expect(then.momentum).toBe(momentum);
        expect(then.level === null).toBe(level === null);
        if (level !== null) expect(then.level).toBeCloseTo(level, 6);
      }),
      { numRuns: 300 },
    );
  }, 30_000);
});
