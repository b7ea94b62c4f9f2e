import { describe, expect, it } from 'vitest';
import type { CriterionResult, CriterionState, LeafResult } from '../../../utils/contract/qualification.ts';
import { missingCriteria } from '../../../utils/domain/missing-criteria.ts';

const leaf = (id: string, state: CriterionState = 'not-met'): LeafResult => ({
  type: 'attribute',
  id,
  label: { en: id, de: id },
  state,
  evidence: [],
});
type Group = 'all' | 'any' | 'at-least' | 'not';
const group = (type: Group, of: CriterionResult[], count?: number): CriterionResult => ({
  type,
  state: 'not-met',
  of,
  count,
});
const missing = (result: CriterionResult) => missingCriteria(result).map(({ id }) => id);

describe('what is missing', () => {
  it('is nothing once it is met, even if parts are not', () =>
    expect(missing({ ...group('any', [leaf('a', 'met'), leaf('b')]), state: 'met' })).toEqual([]));

  it('is the leaf itself, also while it is unknown', () => {
    expect(missing(leaf('a'))).toEqual(['a']);
    expect(missing(leaf('a', 'unknown'))).toEqual(['a']);
  });

  it('is every unmet part of all and of at-least', () => {
    const parts = [leaf('a'), leaf('b', 'met'), leaf('c', 'unknown')];
    expect(missing(group('all', parts))).toEqual(['a', 'c']);
    expect(missing(group('at-least', parts, 2))).toEqual(['a', 'c']);
  });

  it('is of any only the branch that is nearest, or all of those', () => {
    const far = group('all', [leaf('a'), leaf('b')]);
    expect(missing(group('any', [far, leaf('c')]))).toEqual(['c']);
    expect(missing(group('any', [leaf('c'), leaf('d')]))).toEqual(['c', 'd']);
    expect(missing(group('any', [far, group('all', [leaf('c', 'met'), leaf('d')])]))).toEqual(['d']);
  });

  it('counts at-least by the steps it really takes', () => {
    const oneOfThree = group('at-least', [leaf('a'), leaf('b'), leaf('c')], 1);
    const both = group('all', [leaf('d'), leaf('e')]);
    expect(missing(group('any', [both, oneOfThree]))).toEqual(['a', 'b', 'c']);
  });

  it('is never something under not, and what that forbids is no near branch', () => {
    const forbidden = group('not', [leaf('customer', 'met')]);
    expect(missing(forbidden)).toEqual([]);
    expect(missing(group('all', [forbidden, leaf('a')]))).toEqual(['a']);
    expect(missing(group('any', [forbidden, leaf('a')]))).toEqual(['a']);
  });

  it('names a leaf that several branches want once', () =>
    expect(missing(group('any', [leaf('a'), group('any', [leaf('a'), leaf('b')])]))).toEqual(['a', 'b']));
});
