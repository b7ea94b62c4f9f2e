import { sql } from 'kysely';
import type { Agreement } from '../../utils/contract/agreement.ts';
import type { CriterionResult } from '../../utils/contract/qualification.ts';
import type { Actor, Stage } from '../../utils/contract/stage.ts';
import type { Facts } from '../../utils/domain/facts.ts';
import { STAGE_PATH } from '../../utils/domain/next-stage.ts';
import type { WriteTransaction } from '../store/database.ts';
import { instant } from '../store/json.ts';
import { lockStage, moveStage } from '../store/stages.ts';
import { allowsAgain, type Judgement, ruleMove } from './judge.ts';

const THE_AGREEMENT: Actor = { kind: 'rule', id: 'agreement', name: 'Agreement' };

/** A lead, how it stands, and what is known of it. */
export interface Judged {
  personId: string;
  stage: Stage;
  facts: Facts;
  judgement: Judgement;
}

/**
 * Moves the leads that an agreed rule moves one stage on.
 *
 * @returns their new stages by person.
 */
export async function moveByRule(
  tx: WriteTransaction,
  workspaceId: string,
  leads: readonly Judged[],
  agreement: Agreement,
  now: Date,
): Promise<Map<string, Stage>> {
  const met = leads.flatMap((lead) => {
    const move = ruleMove(lead.judgement, agreement, lead.facts);
    return move ? [{ ...lead, ...move }] : [];
  });
  const back = await readMovedBack(tx, workspaceId, met);
  const moved = new Map<string, Stage>();
  for (const { personId, stage, facts, to, evidence } of met) {
    const movedBackAt = back.get(personId);
    if (movedBackAt !== undefined && !allowsAgain(stage, movedBackAt, agreement, facts)) continue;
    if (await move(tx, workspaceId, { personId, stage, to, evidence }, agreement, now)) {
      moved.set(personId, to);
    }
  }
  return moved;
}

async function move(
  tx: WriteTransaction,
  workspaceId: string,
  { personId, stage, to, evidence }: { personId: string; stage: Stage; to: Stage; evidence: CriterionResult },
  { version: agreementVersion }: Agreement,
  at: Date,
): Promise<boolean> {
  const present = await lockStage(tx, workspaceId, personId);
  if (present?.stage !== stage) return false;
  await moveStage(tx, workspaceId, present, { to, at, by: THE_AGREEMENT, agreementVersion, evidence });
  return true;
}

/** When each of these leads was last moved back, undone or taken off the path. */
async function readMovedBack(
  tx: WriteTransaction,
  workspaceId: string,
  leads: readonly { personId: string }[],
): Promise<Map<string, string>> {
  if (leads.length === 0) return new Map();
  const { rows } = await sql<{ personId: string; at: string }>`
    select b.person_id as "personId", ${instant('b.at')} as at from (
      select v.person_id, max(v.at) as at from stage_events v
      where v.workspace_id = ${workspaceId} and v.person_id = any(${leads.map(({ personId }) => personId)}::uuid[])
        and (v.to_stage in ('recycled', 'disqualified') or v.kind = 'undo'
          or array_position(${STAGE_PATH}::text[], v.to_stage) < array_position(${STAGE_PATH}::text[], v.from_stage))
      group by v.person_id
    ) b`.execute(tx);
  return new Map(rows.map(({ personId, at }) => [personId, at]));
}
