import { expect, test } from 'vitest';
import { paceOf } from '../../../utils/domain/pace.ts';

test('says how fast it goes and how long the rest takes', () => {
  expect(paceOf({ done: 1_000, at: 0 }, { done: 5_000, at: 2_000 }, 9_000)).toEqual({
    perSecond: 2_000,
    leftMs: 2_000,
  });
});

test.each([
  ['too early', 10, 100],
  ['nothing has moved', 0, 5_000],
])('says nothing when %s', (_, done, at) => {
  expect(paceOf({ done: 0, at: 0 }, { done, at }, 100)).toBeNull();
});

test('never has less than no time left', () => {
  expect(paceOf({ done: 0, at: 0 }, { done: 100, at: 1_000 }, 90)?.leftMs).toBe(0);
});
