import { describe, expect, it } from 'vitest';
import type { HandOver } from '../../../utils/contract/hand-over.ts';
import type { Stage } from '../../../utils/contract/stage.ts';
import { handOverCounts } from '../../../utils/domain/hand-over-counts.ts';
import { type StageMove, standingMoves } from '../../../utils/domain/standing-moves.ts';
import { handOverAt } from '../../fixtures/hand-over.ts';

const NOW = Date.parse('2026-11-20T15:00:00.000Z');
const HOUR = 3_600_000;
const after = (hours: number) => new Date(NOW + hours * HOUR).toISOString();

let number = 0;
const move = (to: Stage, hours: number, rest: Partial<StageMove> = {}): StageMove => ({
  id: String((number += 1)).padStart(4, '0'),
  from: 'mql',
  to,
  at: after(hours),
  kind: 'move',
  refersTo: null,
  reason: null,
  feedbackId: null,
  ...rest,
});
const stopped = (handOver: HandOver, at: string, rest: Partial<HandOver>): HandOver => ({
  ...handOver,
  response: { ...handOver.response!, stoppedAt: at, tookMinutes: 61.9 },
  ...rest,
});
const counts = (handOver: HandOver, ...moves: StageMove[]) => handOverCounts(handOver, moves, new Date(NOW));

describe('what became of the lead', () => {
  const open = handOverAt(NOW);
  it('nothing yet', () => {
    expect(counts(open)).toEqual(expect.arrayContaining(['hand-over', 'lasting', 'undecided', 'under-way']));
  });
  it('accepted, by whichever stage beyond', () => {
    const found = counts(open, move('sql', 1));
    expect(found).toEqual(expect.arrayContaining(['accepted', 'reached:sal', 'reached:sql:30', 'under-way']));
    expect(found).not.toContain('reached:opportunity');
  });
  it('refused, with the last reason', () => {
    const found = counts(
      open,
      move('recycled', 1, { reason: 'no-budget' }),
      move('disqualified', 2, { reason: 'junk', feedbackId: 'f' }),
    );
    expect(found).toEqual(expect.arrayContaining(['refused', 'returned', 'reason:junk']));
    expect(found).not.toContain('under-way');
  });
  it('accepted and back later: accepted and returned, not refused', () => {
    const found = counts(open, move('sal', 1), move('recycled', 2, { from: 'sal' }));
    expect(found).toEqual(expect.arrayContaining(['accepted', 'returned', 'reason:']));
    expect(found).not.toContain('refused');
  });
  it('won only after forty days', () => {
    const found = counts(open, move('customer', 40 * 24));
    expect(found).toEqual(expect.arrayContaining(['reached:customer', 'reached:customer:60']));
    expect(found).not.toContain('reached:customer:30');
    expect(found).not.toContain('under-way');
  });
  it('withdrawn before sales accepted it: a case of nothing', () => {
    const withdrawn = stopped(open, after(-1), { outcome: 'withdrawn' });
    expect(counts(withdrawn, move('recycled', -1))).toEqual(['hand-over', 'assigned:12', 'assigned-kept']);
  });
});

describe('the two delays', () => {
  it('wait for the rep who has it', () => {
    expect(counts(handOverAt(NOW))).toEqual(
      expect.arrayContaining(['assigned:12', 'assigned-kept', 'followed-waiting', 'followed-open']),
    );
  });
  it('wait for somebody to have it, until that is too late', () => {
    const { response, to, ...rest } = handOverAt(NOW);
    const { startedAt, working, atRiskAt, due } = rest.assignment;
    const unassigned = (time: string) =>
      handOverCounts({ ...rest, assignment: { startedAt, working, atRiskAt, due } }, [], new Date(time));
    expect(unassigned(rest.at)).toEqual(
      expect.arrayContaining(['assigned-waiting', 'assigned-open', 'followed-waiting', 'followed-open']),
    );
    expect(unassigned(due)).toEqual(
      expect.arrayContaining(['assigned-waiting', 'assigned-late', 'followed-open']),
    );
  });
  it('ended in time, in whole minutes', () => {
    const at = after(-1);
    const found = counts(
      stopped(handOverAt(NOW), at, { outcome: 'followed-up', followUp: { at, seen: 'call' } }),
    );
    expect(found).toEqual(expect.arrayContaining(['followed:61', 'followed-kept']));
    expect(found).not.toContain('followed-waiting');
  });
  it('a return in time keeps the promise and is no follow-up', () => {
    const found = counts(stopped(handOverAt(NOW), after(-1), { outcome: 'returned' }));
    expect(found).toContain('followed-kept');
    expect(found).not.toContain('followed:61');
  });
  it('what was escalated was too late, unless a follow-up came before', () => {
    const at = after(-1);
    const escalated = (hours: number) =>
      counts(
        stopped(handOverAt(NOW), at, {
          outcome: 'followed-up',
          followUp: { at, seen: 'mail' },
          escalations: [{ at: after(hours), to: 'owner' }],
        }),
      );
    expect(escalated(-2)).toContain('followed-late');
    expect(escalated(-0.5)).toContain('followed-kept');
  });
});

it('moves that were undone or corrected never were', () => {
  const wrong = move('customer', 1);
  const undo = move('mql', 2, { kind: 'undo', refersTo: wrong.id });
  const lost = move('recycled', 3);
  const mended = move('sal', 4, { kind: 'correction', refersTo: lost.id });
  expect(standingMoves([mended, lost, undo, wrong])).toEqual([mended]);
});
