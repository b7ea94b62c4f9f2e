import { sql } from 'kysely';
import type { Stage } from '../../utils/contract/stage.ts';
import { keepFit } from '../reports/keep-fit.ts';
import type { WriteTransaction } from '../store/database.ts';
import { readAgreement } from '../store/agreements.ts';
import { lockPeople } from './lock-people.ts';
import { judge } from './judge.ts';
import { markMachines } from './mark-machines.ts';
import { moveByRule, type Judged } from './move-by-rule.ts';
import { qualificationRow, readEarlierFit, storeQualifications } from './qualification-rows.ts';
import { readFacts } from './read-facts.ts';
import { refreshTiers } from './refresh-tiers.ts';

/**
 * Evaluates people and stores their qualification: marks what machines did, judges by the agreement in force,
 * lets its rules move leads, and takes away the marks that something is due. Who is archived has none.
 */
export async function evaluatePeople(
  tx: WriteTransaction,
  workspaceId: string,
  personIds: readonly string[],
  now: Date,
): Promise<void> {
  const ids = [...new Set(personIds)];
  if (ids.length === 0) return;
  await lockPeople(tx, workspaceId, ids);
  const stages = await readStages(tx, workspaceId, ids);
  await clearDue(tx, workspaceId, ids);
  const agreement = await readAgreement(tx, workspaceId);
  const read = await readFacts(tx, workspaceId, ids, agreement, now);
  const facts = await markMachines(tx, workspaceId, read, now);

  const judged = new Map<string, Judged>();
  let pending = [...facts].flatMap(([personId, own]): Judged[] => {
    const stage = stages.get(personId);
    return stage ? [{ personId, stage, facts: own, judgement: judge(stage, agreement, own) }] : [];
  });
  while (pending.length > 0) {
    for (const lead of pending) judged.set(lead.personId, lead);
    const moved = await moveByRule(tx, workspaceId, pending, agreement, now);
    pending = pending.flatMap((lead): Judged[] => {
      const stage = moved.get(lead.personId);
      return stage ? [{ ...lead, stage, judgement: judge(stage, agreement, lead.facts) }] : [];
    });
    // Moving marked them due; they are being judged anew right here.
    await clearDue(tx, workspaceId, [...moved.keys()]);
  }

  const earlier = await readEarlierFit(tx, workspaceId, ids);
  await storeQualifications(
    tx,
    workspaceId,
    [...judged.values()].map((lead) => qualificationRow(lead, agreement, earlier.get(lead.personId))),
  );
  const gone = ids.filter((id) => !judged.has(id));
  if (gone.length > 0) {
    await sql`
      delete from qualifications q
      where q.workspace_id = ${workspaceId} and q.person_id = any(${gone}::uuid[])`.execute(tx);
  }
  await keepFit(tx, workspaceId, ids);
  await refreshTiers(tx, workspaceId, agreement.tiers, now);
}

async function readStages(
  tx: WriteTransaction,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, Stage>> {
  const { rows } = await sql<{ id: string; stage: Stage }>`
    select p.id, p.stage from people p
    where p.workspace_id = ${workspaceId} and p.id = any(${ids}::uuid[]) and p.archived_at is null`.execute(
    tx,
  );
  return new Map(rows.map(({ id, stage }) => [id, stage]));
}

async function clearDue(tx: WriteTransaction, workspaceId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    delete from due_qualifications d
    where d.workspace_id = ${workspaceId} and d.person_id = any(${ids}::uuid[])`.execute(tx);
}
