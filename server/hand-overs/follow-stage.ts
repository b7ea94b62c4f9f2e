import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { Agreement } from '../../utils/contract/agreement.ts';
import type { CriterionResult } from '../../utils/contract/qualification.ts';
import type { Stage, StageEvent } from '../../utils/contract/stage.ts';
import { noteEvents } from '../deliveries/note-events.ts';
import { evaluateCriterion } from '../../utils/domain/evaluate-criterion.ts';
import type { Facts } from '../../utils/domain/facts.ts';
import { readFacts } from '../qualification/read-facts.ts';
import { readAgreement } from '../store/agreements.ts';
import type { WriteTransaction } from '../store/database.ts';
import { closeHandOver, type HandOverRecord, openHandOver, reopenHandOver } from './hand-over-record.ts';
import { readOwners } from './sales-users.ts';
import { lockLatest, saveHandOvers } from './store.ts';

/** A stage event that has been stored, as far as hand-overs care. */
export interface FollowedMove {
  personId: string;
  from: Stage | null;
  to: Stage;
  kind: StageEvent['kind'];
  at: Date;
  /** What the rule that moved the lead found. */
  criteria?: CriterionResult;
}

/** With sales: from the hand-over on. Going on among these, or back, hands nothing over. */
const IN_SALES: readonly (Stage | null)[] = ['mql', 'sal', 'sql', 'opportunity', 'customer'];

/** Opens, closes or reopens the hand-over that follows from a move of a stage; call it after the event is stored. */
export function followStage(tx: WriteTransaction, workspaceId: string, move: FollowedMove): Promise<void> {
  return followStages(tx, workspaceId, [move]);
}

/**
 * The same for many people at once, one move each.
 *
 * A lead that comes to `mql` from outside sales is handed over. One that leaves sales closes its hand-over:
 * `returned` when somebody of sales moved it, `withdrawn` otherwise. Undoing that opens it again.
 */
export async function followStages(
  tx: WriteTransaction,
  workspaceId: string,
  moves: readonly FollowedMove[],
): Promise<void> {
  const ids = moves.map(({ personId }) => personId);
  const found = await lockLatest(tx, workspaceId, ids);
  const latest = new Map(found.map((record) => [record.personId, record]));
  const steps = moves.map((move) => ({ move, record: latest.get(move.personId) }));

  const closing = steps.filter(({ move, record }) => record && isOpen(record) && !isInSales(move.to));
  const bySales = await movedBySales(
    tx,
    workspaceId,
    closing.map(({ move }) => move.personId),
  );
  const changed = steps.flatMap(({ move, record }): HandOverRecord[] => {
    if (!record) return [];
    const { kind, to, at, personId } = move;
    if (isOpen(record)) {
      if (isInSales(to)) return [];
      const returned = kind !== 'undo' && bySales.has(personId);
      return [closeHandOver(record, returned ? 'returned' : 'withdrawn', at)];
    }
    if (!record.reopens) return [];
    // Only the last step can be undone: any other one that follows makes the closing final.
    return [kind === 'undo' && isInSales(to) ? reopenHandOver(record) : { ...record, reopens: false }];
  });
  const opening = steps.filter(({ move, record }) => isHandOver(move, record)).map(({ move }) => move);
  const opened = await open(tx, workspaceId, opening);
  await saveHandOvers(tx, workspaceId, [...changed, ...opened], latestOf(moves));
  await noteEvents(
    tx,
    workspaceId,
    opened.map(({ document }) => ({ kind: 'hand_over.created', subject: { handOverId: document.id } })),
    latestOf(moves),
  );
}

const isOpen = ({ document }: HandOverRecord) => document.outcome === undefined;
const isInSales = (stage: Stage | null) => IN_SALES.includes(stage);

function isHandOver({ from, to, kind }: FollowedMove, latest: HandOverRecord | undefined): boolean {
  if (to !== 'mql' || kind === 'undo') return false;
  return !latest || (!isOpen(latest) && !isInSales(from));
}

async function open(tx: WriteTransaction, workspaceId: string, moves: readonly FollowedMove[]) {
  if (moves.length === 0) return [];
  const agreement = await readAgreement(tx, workspaceId);
  const ids = moves.map(({ personId }) => personId);
  const owners = await readOwners(tx, workspaceId, ids);
  const facts = await readFacts(tx, workspaceId, ids, agreement, latestOf(moves));
  return moves.map((move) => {
    const known = facts.get(move.personId);
    const criteria = move.criteria ?? criteriaMet(agreement, known);
    return openHandOver({
      id: uuid(),
      personId: move.personId,
      at: move.at,
      owner: owners.get(move.personId),
      rule: ruleFor(agreement, known),
      agreementVersion: agreement.version,
      ...(criteria && { criteria }),
      document: agreement,
    });
  });
}

const latestOf = (moves: readonly FollowedMove[]) =>
  new Date(Math.max(...moves.map(({ at }) => at.getTime())));

function criteriaMet({ stages }: Agreement, facts: Facts | undefined): CriterionResult | undefined {
  const criteria = stages.find(({ stage }) => stage === 'mql')?.criteria;
  return criteria && facts && evaluateCriterion(criteria, facts);
}

/** The first rule that holds; the last one is for everybody else, whatever it asks for. */
function ruleFor({ sla: { rules } }: Agreement, facts: Facts | undefined) {
  const holds = rules.find(
    ({ when }) => when === undefined || (facts && evaluateCriterion(when, facts).state === 'met'),
  );
  const rule = holds ?? rules.at(-1);
  if (!rule) throw new Error('The agreement has no rule for hand-overs.');
  return rule;
}

/** Of these people those whom somebody of sales moved last. */
async function movedBySales(
  tx: WriteTransaction,
  workspaceId: string,
  personIds: readonly string[],
): Promise<Set<string>> {
  if (personIds.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select p.id from people p
    join stage_events v on v.workspace_id = ${workspaceId} and v.id = p.stage_event_id
    join users u on u.workspace_id = ${workspaceId} and u.id::text = v.by_id
    where p.workspace_id = ${workspaceId} and p.id = any(${personIds}::uuid[])
      and v.by_kind = 'person' and u.team = 'sales'`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}
