import { expect, it, test } from 'vitest';
import { Stage } from '../../../utils/contract/stage.ts';
import { stagePath } from '../../../utils/domain/stage-path.ts';

test.each([
  ['inquiry', 0],
  ['lead', 0],
  ['mql', 1],
  ['sal', 2],
  ['sql', 3],
  ['opportunity', 4],
  ['customer', 4],
  ['recycled', null],
  ['disqualified', null],
] as const)('%s is at %s', (stage, current) => {
  expect(stagePath(stage).current).toBe(current);
});

it('has five steps at every stage, and shows the stage itself where it is on the path', () => {
  for (const stage of Stage.options) {
    const { steps, current } = stagePath(stage);
    expect(steps).toHaveLength(5);
    if (current !== null) expect(steps[current]).toBe(stage);
  }
});
