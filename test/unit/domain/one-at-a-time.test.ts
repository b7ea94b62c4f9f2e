import { expect, it } from 'vitest';
import { oneAtATime } from '../../../utils/domain/one-at-a-time.ts';

/** Each run sees what is noted when it begins, and takes some turns. */
function notebook(turns: number, fails = (_run: number) => false) {
  const state = { noted: 0, seen: 0, runs: 0, atOnce: 0, mostAtOnce: 0 };
  const read = oneAtATime(async () => {
    state.runs += 1;
    const run = state.runs;
    state.mostAtOnce = Math.max(state.mostAtOnce, ++state.atOnce);
    const { noted } = state;
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    state.atOnce -= 1;
    if (fails(run)) throw new Error(`Run ${run} failed`);
    state.seen = noted;
  });
  return { state, read };
}

it.for(Array.from({ length: 16 }, (_, turn) => turn))(
  'sees what is noted %i turns after a run has begun, once the promise is kept',
  async (turns) => {
    const { state, read } = notebook(4);
    const first = read();
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    state.noted = 1;
    await read();
    expect(state).toMatchObject({ seen: 1, runs: 2, mostAtOnce: 1 });
    await first;
  },
);

it('runs once for all who ask while it runs', async () => {
  const { state, read } = notebook(4);
  await Promise.all([read(), read(), read(), read()]);
  expect(state).toMatchObject({ runs: 2, mostAtOnce: 1 });
});

it('fails as its last run, and goes on the next time', async () => {
  const { state, read } = notebook(2, (run) => run === 1 || run === 3);
  const first = read();
  state.noted = 1;
  await Promise.all([first, read()]);
  expect(state).toMatchObject({ runs: 2, seen: 1 });
  await expect(read()).rejects.toThrow('Run 3 failed');
  await read();
  expect(state.runs).toBe(4);
});
