import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../utils/domain/facts.ts';
import { fitChanges, fitMomentum, fitOf } from '../../../utils/domain/fit.ts';

const NOW = '2026-11-22T12:00:00.000Z';
const daysAgo = (days: number) => new Date(Date.parse(NOW) - days * 86_400_000).toISOString();
const profile = {
  definition: { en: 'Whom we want', de: 'Wen wir wollen' },
  criteria: ['country', 'title', 'industry'].map((attribute, index) => ({
    weight: index + 1,
    criterion: {
      type: 'attribute' as const,
      id: attribute,
      label: { en: attribute, de: attribute },
      attribute,
      test: { in: ['yes'] },
    },
  })),
};
const facts = (fields: Record<string, [value: string, days: number]>): Facts => ({
  fields: new Map(
    Object.entries(fields).map(([name, [value, days]]) => [name, { value, at: daysAgo(days) }]),
  ),
  touchpoints: [],
  confirmations: new Map(),
  silentKinds: [],
  now: NOW,
  expiry: { fields: 365, confirmations: 90 },
});

describe('fit', () => {
  it('is the weight met over the weight of all, and unknown counts as not met', () => {
    const fit = fitOf(profile, facts({ country: ['yes', 1], industry: ['yes', 5], title: ['no', 1] }));
    expect(fit.score).toBeCloseTo(4 / 6);
    expect(fit.parts.map(({ weight, result }) => [weight, result.state])).toEqual([
      [1, 'met'],
      [2, 'not-met'],
      [3, 'met'],
    ]);
    expect(fit.goodUntil).toBe(daysAgo(5 - 365));
    expect(fitOf(profile, facts({ country: ['yes', 1] })).score).toBeCloseTo(1 / 6);
  });

  it('does not count what has expired, and says since when', () => {
    const fit = fitOf(profile, facts({ country: ['yes', 1], industry: ['yes', 400] }));
    expect(fit.score).toBeCloseTo(1 / 6);
    expect(fit.goodUntil).toBe(daysAgo(35));
    expect(fit.validUntil).toBe(daysAgo(1 - 365));
  });

  it('is nothing where nothing is asked for', () =>
    expect(fitOf({ ...profile, criteria: [] }, facts({}))).toMatchObject({ score: 0, goodUntil: undefined }));
});

describe('momentum of fit', () => {
  it('compares with thirty days ago, however often the score changed since', () => {
    const first = fitChanges([{ at: daysAgo(31), score: 0.1 }], 0.5, { score: 0.9, now: daysAgo(3) });
    expect(first).toEqual([
      { at: daysAgo(31), score: 0.1 },
      { at: daysAgo(3), score: 0.5 },
    ]);
    const changes = fitChanges(first, 0.9, { score: 0.4, now: NOW });
    expect(changes).toEqual([
      { at: daysAgo(3), score: 0.5 },
      { at: NOW, score: 0.9 },
    ]);
    expect(fitMomentum(0.9, changes)).toEqual({ momentum: 'rising', validUntil: daysAgo(-27) });
    expect(fitMomentum(0.5, changes).momentum).toBe('steady');
    expect(fitMomentum(0.2, changes).momentum).toBe('falling');
  });

  it('is steady without a change', () => {
    expect(fitChanges([], null, { score: 0.5, now: NOW })).toEqual([]);
    expect(fitChanges([], 0.5, { score: 0.5, now: NOW })).toEqual([]);
    expect(fitMomentum(0.5, [])).toEqual({ momentum: 'steady', validUntil: undefined });
  });
});
