import type { Stage, StageEvent } from '../contract/stage.ts';
import { STAGE_PATH } from './next-stage.ts';

/** A stage event, as far as figures care. */
export interface StageMove {
  id: string;
  from: Stage | null;
  to: Stage;
  at: string;
  kind: StageEvent['kind'];
  refersTo: string | null;
  reason: string | null;
  /** The feedback that moved the lead, when it was one. */
  feedbackId: string | null;
}

/** The moves that stand, oldest first: what was undone or corrected never was, and an undo itself is no move. */
export function standingMoves(moves: readonly StageMove[]): StageMove[] {
  const mended = new Set(moves.map(({ refersTo }) => refersTo));
  return moves.filter(({ id, kind }) => kind !== 'undo' && !mended.has(id)).toSorted(byTime);
}

/** When somebody first came to a stage or beyond it on the path; undefined: never. Moves are in order. */
export function firstReached(moves: readonly StageMove[], stage: Stage): string | undefined {
  const rank = STAGE_PATH.indexOf(stage);
  return moves.find(({ to }) => STAGE_PATH.indexOf(to) >= rank)?.at;
}

const byTime = (one: StageMove, other: StageMove) =>
  one.at < other.at || (one.at === other.at && one.id < other.id) ? -1 : 1;
