import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { tierCutoffs, tierOf } from '../../../utils/domain/tiers.ts';

const SHARES: [number, number, number] = [0.5, 0.25, 0.1];
const tiers = (scores: number[]) => scores.map((score) => tierOf(score, tierCutoffs(scores, SHARES)));

describe('tiers', () => {
  it.each([
    [
      [10, 9, 8, 7, 6, 5, 4, 3, 2, 1],
      [3, 2, 2, 1, 1, 0, 0, 0, 0, 0],
    ],
    [[5], [3]],
    [
      [2, 1],
      [3, 0],
    ],
    [
      [1, 1, 1, 1],
      [3, 3, 3, 3],
    ],
    [
      [4, 0, 0, 0],
      [3, 0, 0, 0],
    ],
    [
      [0, 0],
      [0, 0],
    ],
  ])('%j are %j', (scores, expected) => expect(tiers(scores)).toEqual(expected));

  it('are 0 without anybody to compare with', () => expect(tierOf(1, tierCutoffs([], SHARES))).toBe(0));

  test('say how large a share is strictly better', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 60 }), (scores) => {
        const found = tiers(scores);
        scores.forEach((score, index) => {
          const better = scores.filter((other) => other > score).length;
          const wanted = SHARES.filter((share) => better < share * scores.length - 1e-9).length;
          expect(found[index]).toBe(score === 0 ? 0 : wanted);
        });
      }),
    );
  });
});
