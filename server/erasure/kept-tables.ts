import { sql } from 'kysely';
import type { HandOver } from '../../utils/contract/hand-over.ts';
import type { WriteTransaction } from '../store/database.ts';

/** Tables whose rows of an erased person stay under another id, because figures are made of them. */
export const KEPT: readonly string[] = [
  'touchpoints',
  'planned_touches',
  'stage_events',
  'feedback',
  'hand_overs',
  'follow_ups',
  'person_campaigns',
  'hand_over_facts',
  'wins',
  'win_credits',
  // Clients learn from its rows that somebody is gone.
  'lead_index',
];

/** Takes out of these rows what was written, what leads to another system, and the time of day of what was done. */
export async function stripKept(
  tx: WriteTransaction,
  workspaceId: string,
  personIds: readonly string[],
  now: Date,
): Promise<void> {
  await sql`
    update touchpoints t set title = t.kind, highlight = null, url = null, source_id = gen_random_uuid()::text,
      occurred_at = date_trunc('day', t.occurred_at, 'UTC')
    where t.workspace_id = ${workspaceId} and t.person_id = any(${personIds}::uuid[])`.execute(tx);
  await sql`
    update planned_touches t set title = t.channel, cancelled = true, source_id = gen_random_uuid()::text
    where t.workspace_id = ${workspaceId} and t.person_id = any(${personIds}::uuid[])`.execute(tx);
  await sql`
    update stage_events v set reason = null, evidence = null
    where v.workspace_id = ${workspaceId} and v.person_id = any(${personIds}::uuid[])`.execute(tx);
  await sql`
    update feedback_replies r set text = '–'
    where r.workspace_id = ${workspaceId} and r.feedback_id in (
      select f.id from feedback f where f.workspace_id = ${workspaceId} and f.person_id = any(${personIds}::uuid[]))`.execute(
    tx,
  );
  // The hash is of what was written.
  await sql`
    update feedback f set comment = null, content_hash = '', waits_for = null
    where f.workspace_id = ${workspaceId} and f.person_id = any(${personIds}::uuid[])`.execute(tx);
  // Nobody can answer it any more: a promise that still runs is not broken by that.
  await sql`
    update feedback f set answer = null, answer_due_at = null
    where f.workspace_id = ${workspaceId} and f.person_id = any(${personIds}::uuid[]) and f.answered_at is null
      and f.answer_due_at > ${now.toISOString()}::timestamptz`.execute(tx);
  await stripHandOvers(tx, workspaceId, personIds);
}

async function stripHandOvers(
  tx: WriteTransaction,
  workspaceId: string,
  personIds: readonly string[],
): Promise<void> {
  const { rows } = await sql<{ id: string; document: HandOver }>`
    select h.id, h.document from hand_overs h
    where h.workspace_id = ${workspaceId} and h.person_id = any(${personIds}::uuid[])`.execute(tx);
  for (const { id, document } of rows) {
    const stripped: HandOver = {
      ...document,
      criteria: undefined,
      pauses: document.pauses.map((pause) => ({ ...pause, comment: undefined })),
      outcome: document.outcome ?? 'withdrawn',
    };
    await sql`
      update hand_overs h set document = ${JSON.stringify(stripped)}::text::json, open = false, reopens = false,
        next_escalation_at = null, index_due_at = null
      where h.workspace_id = ${workspaceId} and h.id = ${id}`.execute(tx);
  }
}
