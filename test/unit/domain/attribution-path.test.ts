import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Stage } from '../../../utils/contract/stage.ts';
import { attributionModels } from '../../../utils/domain/attribution.ts';
import { creditsOf, pathToWin, wholeShares } from '../../../utils/domain/attribution-path.ts';

const day = (number: number) => new Date(Date.UTC(2026, 9, number, 9)).toISOString();
const touch = (number: number, campaignId: string) => ({ id: `t${number}`, at: day(number), campaignId });
const move = (to: Stage, number: number) => ({
  id: to,
  from: null,
  to,
  at: day(number),
  kind: 'move' as const,
  refersTo: null,
  reason: null,
  feedbackId: null,
});
const model = (id: string) => attributionModels.find((one) => one.id === id)!;

describe('the path to a win', () => {
  const touches = [touch(9, 'c'), touch(1, 'a'), touch(3, 'b'), touch(5, 'a'), touch(20, 'late')];

  it('ends with the win, and marks the last touch up to each stage', () => {
    const path = pathToWin(touches, [move('mql', 4), move('opportunity', 5)], day(10));
    expect(path.map(({ id, parts }) => [id, parts])).toEqual([
      ['t1', []],
      ['t3', ['lead-creation']],
      ['t5', ['opportunity-creation']],
      ['t9', ['close']],
    ]);
  });

  it('leaves out what nobody had touched before', () => {
    const path = pathToWin([touch(3, 'a')], [move('lead', 1)], day(10));
    expect(path.map(({ parts }) => parts)).toEqual([['close']]);
  });

  it('credits a campaign with all of its touches', () => {
    const path = pathToWin(touches, [], day(10));
    expect(creditsOf(model('linear'), path)).toEqual(
      new Map(Object.entries({ a: 500_000, b: 250_000, c: 250_000 })),
    );
    expect(creditsOf(model('first'), path)).toEqual(new Map([['a', 1_000_000]]));
    expect(creditsOf(model('linear'), [])).toEqual(new Map());
  });
});

describe('whole shares', () => {
  it('give what is left over to who lost most, of equal ones to the first', () => {
    expect(wholeShares([1 / 3, 1 / 3, 1 / 3], 1_000_000)).toEqual([333_334, 333_333, 333_333]);
    expect(wholeShares([0.15, 0.16, 0.69], 10)).toEqual([1, 2, 7]);
    expect(wholeShares([], 10)).toEqual([]);
  });

  it('sum to the whole, whatever the path and the model', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(300), fc.constantFrom('a', 'b', 'c')), { minLength: 1, maxLength: 40 }),
        fc.constantFrom(...attributionModels),
        fc.array(fc.nat(300), { maxLength: 3 }),
        (touches, used, reached) => {
          const stages = ['lead', 'opportunity', 'mql'] as const;
          const path = pathToWin(
            touches.map(([number, campaign], index) => ({ ...touch(number, campaign), id: String(index) })),
            reached
              .map((number, index) => move(stages[index]!, number))
              .toSorted((a, b) => (a.at < b.at ? -1 : 1)),
            day(300),
          );
          const credits = [...creditsOf(used, path).values()];
          expect(credits.reduce((sum, credit) => sum + credit, 0)).toBe(1_000_000);
        },
      ),
    );
  });
});
