import { expect, it, test } from 'vitest';
import type { Feedback, FeedbackPatch, NewFeedback } from '../../../utils/contract/feedback.ts';
import { feedbackProgress, type PendingWrite } from '../../../utils/domain/feedback-progress.ts';

const body: NewFeedback = {
  id: 'f1',
  about: { kind: 'lead', personId: 'p1' },
  verdict: 'returned',
  reasons: [],
  clientTime: '2026-11-01T10:00:00.000Z',
};
const stored: Feedback = {
  ...body,
  by: { id: 'u1', name: 'Lena Brandt' },
  at: '2026-11-01T10:00:01.000Z',
  state: 'new',
  replies: [],
};
const create: PendingWrite = { feedbackId: 'f1', write: { kind: 'create', body }, state: 'waiting' };
const patch = (change: FeedbackPatch, state: PendingWrite['state'] = 'waiting'): PendingWrite => ({
  feedbackId: 'f1',
  write: { kind: 'patch', body: change },
  state,
});
const one = (writes: PendingWrite[], feedback: Feedback[] = []) => {
  const items = feedbackProgress(writes, feedback);
  expect(items).toHaveLength(1);
  return items[0]!;
};

it('is saved while the click waits for the hub, and the user’s own', () => {
  expect(one([create])).toMatchObject({ progress: 'saved', by: null, changing: false });
});

test.each([
  ['new', 'delivered'],
  ['seen', 'seen'],
  ['answered', 'answered'],
  ['acted', 'acted'],
  ['withdrawn', 'withdrawn'],
] as const)('hub state %s is progress %s', (state, progress) => {
  expect(one([], [{ ...stored, state }])).toMatchObject({ progress, by: stored.by });
});

it('is delivered when the hub has it although the acknowledgement was lost', () => {
  expect(one([create], [stored])).toMatchObject({ progress: 'delivered', changing: false });
});

it('shows waiting refinements at once', () => {
  const writes = [create, patch({ reasons: ['too-early'] }), patch({ comment: 'In spring' })];
  expect(one(writes)).toMatchObject({
    progress: 'saved',
    reasons: ['too-early'],
    comment: 'In spring',
    changing: false,
  });
  expect(one(writes.slice(1), [stored])).toMatchObject({
    progress: 'delivered',
    reasons: ['too-early'],
    changing: true,
  });
});

it('an undo that waits looks undone', () => {
  const undo = patch({ state: 'withdrawn', clientTime: '2026-11-01T10:00:05.000Z' });
  expect(one([create, undo])).toMatchObject({ progress: 'withdrawn' });
  expect(one([undo], [stored])).toMatchObject({ progress: 'withdrawn', changing: true });
});

it('a refused undo changes nothing and is told', () => {
  const undo = patch({ state: 'withdrawn', clientTime: '2026-11-01T10:00:20.000Z' }, 'refused');
  expect(one([undo], [stored])).toMatchObject({ progress: 'delivered', refused: [undo] });
});

it('a refused click is told', () => {
  const refused: PendingWrite = { ...create, state: 'refused' };
  expect(one([refused])).toMatchObject({ progress: 'refused', refused: [refused] });
});

it('of several reports on one piece the furthest counts, of equal ones the last', () => {
  const answered: Feedback = {
    ...stored,
    state: 'answered',
    replies: [{ id: 'r1', by: { id: 'u2', name: 'Mara Vogt' }, text: 'Thanks', at: stored.at }],
  };
  expect(one([], [answered, stored])).toMatchObject({ progress: 'answered', replies: answered.replies });
  expect(one([], [stored, { ...stored, reasons: ['no-budget'] }])).toMatchObject({ reasons: ['no-budget'] });
});

it('lists the newest click first and ignores changes to feedback it does not know', () => {
  const later: Feedback = { ...stored, id: 'f2', clientTime: '2026-11-02T10:00:00.000Z' };
  const stray: PendingWrite = { ...patch({ comment: 'x' }), feedbackId: 'f9' };
  expect(feedbackProgress([create, stray], [later]).map(({ id }) => id)).toEqual(['f2', 'f1']);
});

it('knows feedback about a planned touch, and nothing of writes that are no feedback', () => {
  const about = { kind: 'planned-touch', plannedTouchId: 't1', personId: 'p1' } as const;
  const hold: PendingWrite = {
    ...create,
    write: { kind: 'create', body: { ...body, about, verdict: 'hold' } },
  };
  const move: PendingWrite = { write: { kind: 'stage-change' }, state: 'refused' };
  expect(one([move, hold])).toMatchObject({ about, verdict: 'hold', progress: 'saved', refused: [] });
  const named: Feedback = { ...stored, about, verdict: 'hold', plannedTouchTitle: 'Autumn mailing' };
  expect(one([], [named])).toMatchObject({ plannedTouchTitle: 'Autumn mailing' });
});

it('leaves its input alone', () => {
  const feedback = Object.freeze({ ...stored, reasons: Object.freeze([]) as unknown as string[] });
  expect(one([patch({ reasons: ['no-fit'] })], [feedback]).reasons).toEqual(['no-fit']);
  expect(feedback.reasons).toEqual([]);
});
