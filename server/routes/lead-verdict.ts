import { type LeadVerdict, LeadVerdict as LeadVerdictSchema } from '../../utils/contract/feedback.ts';
import type { Reason } from '../../utils/contract/agreement.ts';
import type { User } from '../../utils/contract/session.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import { stageAfter, verdictsFor } from '../../utils/domain/verdict.ts';
import type { WriteTransaction } from '../store/database.ts';
import { mayMoveTo } from '../agreement/stage-rules.ts';
import { lockStage, moveStage, type PresentStage, requireSeen, stageBefore } from '../store/stages.ts';
import { readAgreement } from '../store/agreements.ts';

/** A verdict on a lead, as it is to be from now on, and who says so. */
export interface GivenVerdict {
  workspaceId: string;
  feedbackId: string;
  verdict: string;
  reasons: readonly string[];
  /** The reasons it may name, and what each leads to; by default those of the agreement in force. */
  agreed?: Reason[];
  /** The stage event that the author saw. */
  basedOn?: string | undefined;
  by: User;
  clientTime?: string | undefined;
  at: Date;
}

/**
 * Moves the stage as a new verdict says (DESIGN §6). A verdict that does not fit the stage, or whose
 * author may not move a lead there, moves nothing: it is kept as a judgement all the same.
 *
 * @throws ProblemError `stage-changed` when it would move a stage that its author has not seen.
 */
export async function applyVerdict(
  tx: WriteTransaction,
  present: PresentStage,
  given: GivenVerdict,
): Promise<void> {
  const verdict = leadVerdict(given);
  if (verdictsFor(present.stage).includes(verdict)) await moveTo(tx, present, present.stage, given);
}

/** Derives the outcome anew after the author changed the reasons, unless the lead has moved on since. */
export async function reapplyVerdict(
  tx: WriteTransaction,
  personId: string,
  given: GivenVerdict,
): Promise<void> {
  const move = await latestMove(tx, personId, given);
  if (move) await moveTo(tx, move.present, move.before, given);
}

/** Moves the lead back to where it was before the verdict, unless it has moved on since. */
export async function revertVerdict(
  tx: WriteTransaction,
  personId: string,
  given: GivenVerdict,
): Promise<void> {
  const move = await latestMove(tx, personId, given);
  if (!move) return;
  const { version } = await readAgreement(tx, given.workspaceId);
  const { present, before } = move;
  await moveStage(tx, given.workspaceId, present, {
    ...event(given, version),
    to: before,
    kind: 'undo',
    refersTo: present.eventId,
  });
}

async function latestMove(tx: WriteTransaction, personId: string, { workspaceId, feedbackId }: GivenVerdict) {
  const present = await lockStage(tx, workspaceId, personId);
  if (present?.feedbackId !== feedbackId) return null;
  const before = await stageBefore(tx, workspaceId, feedbackId);
  return before && { present, before };
}

async function moveTo(tx: WriteTransaction, present: PresentStage, before: Stage, given: GivenVerdict) {
  const { workspaceId, basedOn } = given;
  const agreement = await readAgreement(tx, workspaceId);
  const { agreed = agreement.reasons } = given;
  const to = stageAfter(before, leadVerdict(given), given.reasons, { reasons: agreed });
  const reason = decidingReason(to, given.reasons, agreed);
  const moved = present.feedbackId === given.feedbackId;
  if (moved && to === present.stage && (reason ?? null) === present.reason) return;
  if (!mayMoveTo(agreement, given.by, to)) return;
  if (basedOn !== undefined) await requireSeen(tx, workspaceId, present, basedOn);
  const mends = moved && ({ kind: 'correction', refersTo: present.eventId } as const);
  await moveStage(tx, given.workspaceId, present, {
    ...event(given, agreement.version),
    to,
    reason,
    ...mends,
  });
}

const leadVerdict = ({ verdict }: GivenVerdict): LeadVerdict => LeadVerdictSchema.parse(verdict);

const event = ({ by, at, clientTime, feedbackId }: GivenVerdict, agreementVersion: number) => ({
  by: { kind: 'person' as const, id: by.id, name: by.name },
  at,
  clientTime,
  feedbackId,
  agreementVersion,
});

/** The reason that brought the lead there: one that removes, or else the first. */
function decidingReason(
  to: Stage,
  reasons: readonly string[],
  agreed: readonly Reason[],
): string | undefined {
  const known = agreed.filter(({ id }) => reasons.includes(id));
  if (to === 'disqualified') return known.find(({ outcome }) => outcome === 'remove')?.id;
  return to === 'recycled' ? known[0]?.id : undefined;
}
