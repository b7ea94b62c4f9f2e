import type { Agreement } from '../../utils/contract/agreement.ts';
import { UNDO_MS } from '../../utils/contract/limits.ts';
import type { User } from '../../utils/contract/session.ts';
import type { NewStageChange, StageEvent } from '../../utils/contract/stage.ts';
import { mayMoveTo, requireKnownReasons } from '../agreement/stage-rules.ts';
import type { Handlers } from '../operation.ts';
import { ProblemError } from '../problem.ts';
import { readAgreement } from '../store/agreements.ts';
import {
  lockStage,
  moveStage,
  type PresentStage,
  readStageEvent,
  readStageState,
  requireSeen,
  type StoredStageEvent,
} from '../store/stages.ts';

export const stageChangeHandlers: Pick<Handlers, 'createStageChange'> = {
  async createStageChange({ db, session: { workspaceId, user }, body, now }) {
    const { id, to, basedOn, reason, clientTime } = body;
    const present = await lockStage(db, workspaceId, body.personId);
    if (!present) throw new ProblemError('not-found', 'There is no such lead, or not any more.');
    const { personId } = present;
    const stored = await readStageEvent(db, workspaceId, id);
    if (stored) {
      requireSame(stored, { ...body, personId }, user);
      return readStageState(db, workspaceId, personId);
    }

    await requireSeen(db, workspaceId, present, basedOn);
    const agreement = await readAgreement(db, workspaceId);
    const refersTo = body.undoes ?? body.corrects;
    const earlier = refersTo === undefined ? null : await readStageEvent(db, workspaceId, refersTo);
    if (refersTo !== undefined && earlier?.personId !== personId) {
      throw new ProblemError('not-found', 'This lead was never moved by what this refers to.');
    }
    if (earlier && body.undoes !== undefined) requireUndoable(earlier, body, user);
    else requireAllowed(agreement, { user, present, change: body, earlier });

    const kind: StageEvent['kind'] = body.undoes ? 'undo' : body.corrects ? 'correction' : 'move';
    const by = { kind: 'person' as const, id: user.id, name: user.name };
    const move = { id, to, at: now, by, reason, agreementVersion: agreement.version, clientTime };
    await moveStage(db, workspaceId, present, { ...move, kind, refersTo });
    return readStageState(db, workspaceId, personId);
  },
};

function requireSame(stored: StoredStageEvent, { personId, to }: NewStageChange, { id }: User): void {
  if (stored.personId === personId && stored.to === to && stored.authorId === id) return;
  throw new ProblemError('conflict', 'Another move has this id already. Make a new id for every move.');
}

/** The last move, by its author, right after the click. */
function requireUndoable(moved: StoredStageEvent, change: NewStageChange, user: User): void {
  const { undoes, corrects, basedOn, to, clientTime } = change;
  if (corrects !== undefined) throw invalid('/corrects', 'cannot stand beside undoes');
  if (undoes !== basedOn) throw invalid('/undoes', 'must be the last move');
  if (to !== moved.from) throw invalid('/to', 'must be where the lead was before');
  if (moved.authorId !== user.id) {
    throw new ProblemError('forbidden', 'Only who moved the lead may undo it. Move it back instead.');
  }
  if (moved.feedbackId !== null) {
    throw new ProblemError('conflict', 'A verdict moved this lead: withdraw that feedback.');
  }
  const age = moved.clientTime === null ? Infinity : Date.parse(clientTime) - Date.parse(moved.clientTime);
  if (age > UNDO_MS) {
    throw new ProblemError(
      'undo-expired',
      'This can be undone only right after the click. Correct it instead.',
    );
  }
}

/** Who may move a lead there, and who takes back an earlier move of their own. */
function requireAllowed(
  agreement: Agreement,
  {
    user,
    present,
    change: { to, reason, corrects },
    earlier,
  }: { user: User; present: PresentStage; change: NewStageChange; earlier: StoredStageEvent | null },
): void {
  const takesBack = earlier?.authorId === user.id && earlier.from === to;
  if (!takesBack && !mayMoveTo(agreement, user, to)) {
    throw new ProblemError('forbidden', 'The agreement says that others move leads there.');
  }
  if (to === present.stage && (corrects === undefined || (reason ?? null) === present.reason)) {
    throw invalid('/to', 'is where the lead is already');
  }
  if (reason !== undefined) requireKnownReasons(agreement.reasons, [{ pointer: '/reason', id: reason }]);
  const returns = user.team === 'sales' && (to === 'recycled' || to === 'disqualified');
  if (returns && reason === undefined && agreement.returnNeedsReason) {
    throw invalid('/reason', 'is needed: the agreement wants a reason for every return');
  }
}

const invalid = (pointer: string, detail: string) =>
  new ProblemError('invalid', 'Wrong in the body; see errors.', [{ pointer, detail }]);
