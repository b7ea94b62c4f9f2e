import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  type AttributionModel,
  attributionModels,
  type AttributionPart,
  type AttributionTouch,
} from '../../../utils/domain/attribution.ts';

const daysAfter = (days: number) =>
  new Date(Date.parse('2026-10-01T09:00:00.000Z') + days * 86_400_000).toISOString();
const touch = (days: number, ...parts: AttributionPart[]): AttributionTouch => ({
  at: daysAfter(days),
  parts,
});
const LEAD = 'lead-creation';
const OPPORTUNITY = 'opportunity-creation';
const CLOSE = 'close';

/** In percent, to three digits. */
const percent = (id: AttributionModel['id'], ...path: AttributionTouch[]) =>
  attributionModels
    .find((model) => model.id === id)
    ?.weights(path)
    .map((weight) => Math.round(weight * 100_000) / 1_000);

describe('on a full path', () => {
  const path = [touch(0), touch(1), touch(2, LEAD), touch(3), touch(4, OPPORTUNITY), touch(5, CLOSE)];
  it.each([
    ['first', [100, 0, 0, 0, 0, 0]],
    ['last', [0, 0, 0, 0, 0, 100]],
    ['linear', Array<number>(6).fill(16.667)],
    ['u-shaped', [40, 5, 40, 5, 5, 5]],
    ['w-shaped', [30, 3.333, 30, 3.333, 30, 3.333]],
    ['full-path', [22.5, 5, 22.5, 5, 22.5, 22.5]],
  ] as const)('%s', (id, weights) => expect(percent(id, ...path)).toEqual(weights));

  it('time-decay halves per week', () =>
    expect(percent('time-decay', touch(0), touch(7), touch(14))).toEqual([14.286, 28.571, 57.143]));
});

describe('on short paths', () => {
  it.each(attributionModels.map(({ id }) => id))(
    '%s gives a single touch everything, and none nothing',
    (id) => {
      expect(percent(id, touch(0))).toEqual([100]);
      expect(percent(id, touch(0, LEAD, OPPORTUNITY, CLOSE))).toEqual([100]);
      expect(percent(id)).toEqual([]);
    },
  );

  it('U gives two touches half each', () =>
    expect(percent('u-shaped', touch(0), touch(1, LEAD))).toEqual([50, 50]));
  it('U gives the first touch both shares when it created the lead', () =>
    expect(percent('u-shaped', touch(0, LEAD), touch(1), touch(2))).toEqual([80, 10, 10]));
  it('U without a touch that created the lead leaves its share out', () =>
    expect(percent('u-shaped', touch(0), touch(1), touch(2))).toEqual([66.667, 16.667, 16.667]));
  it('W leaves the rest out when every touch plays a part', () =>
    expect(percent('w-shaped', touch(0), touch(1, LEAD), touch(2, OPPORTUNITY))).toEqual([
      33.333, 33.333, 33.333,
    ]));
  it('W gives one touch two shares', () =>
    expect(percent('w-shaped', touch(0), touch(1, LEAD, OPPORTUNITY))).toEqual([33.333, 66.667]));
  it('of two touches with one part the first plays it', () =>
    expect(percent('u-shaped', touch(0), touch(1, LEAD), touch(2, LEAD))).toEqual([40, 40, 20]));
  it('full path without a close spreads what is left', () =>
    expect(percent('full-path', touch(0), touch(1, LEAD), touch(2, OPPORTUNITY), touch(3))).toEqual([
      29.032, 29.032, 29.032, 12.903,
    ]));
});

test('weights are never negative and sum to 1 for every path', () => {
  const path = fc.array(
    fc.record({
      at: fc.integer({ min: 0, max: 9_000 }).map(daysAfter),
      parts: fc.subarray<AttributionPart>([LEAD, OPPORTUNITY, CLOSE]),
    }),
    { minLength: 1, maxLength: 200 },
  );
  fc.assert(
    fc.property(path, (touches) => {
      for (const { weights } of attributionModels) {
        const found = weights(touches);
        expect(found).toHaveLength(touches.length);
        expect(found.every((weight) => weight >= 0)).toBe(true);
        expect(found.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
      }
    }),
  );
});

test('each model says in both languages what it does, and where that comes from', () => {
  expect(attributionModels).toHaveLength(7);
  for (const { label, definition, shortPaths, sources } of attributionModels) {
    for (const text of [label, definition, shortPaths]) {
      expect(text.en && text.de).toBeTruthy();
    }
    expect(sources.length).toBeGreaterThan(0);
  }
});
