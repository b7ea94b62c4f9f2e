import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { Actor, Stage } from '../../utils/contract/stage.ts';
import type { WriteTransaction } from './database.ts';
import { insertRows } from './insert-rows.ts';
import { instant } from './json.ts';
import { refreshLeadIndex } from './lead-index.ts';

/** A person's present stage and the event that brought it. */
export interface PresentStage {
  personId: string;
  stage: Stage;
  since: string;
  reason: string | null;
  /** The feedback that moved the stage, when it was one. */
  feedbackId: string | null;
}

export interface StageMove {
  to: Stage;
  at: Date;
  by: Actor;
  reason: string | undefined;
  agreementVersion: number;
  feedbackId: string;
}

/** Reads a person's stage and keeps others from moving it until the transaction ends; null: no such person. */
export async function lockStage(
  tx: WriteTransaction,
  workspaceId: string,
  personId: string,
): Promise<PresentStage | null> {
  const { rows } = await sql<PresentStage>`
    select p.id as "personId", p.stage, ${instant('p.stage_since')} as since, v.reason, v.feedback_id as "feedbackId"
    from people p
    join stage_events v on v.workspace_id = ${workspaceId} and v.id = p.stage_event_id
    where p.workspace_id = ${workspaceId} and p.id = ${personId} and p.archived_at is null
    for update of p`.execute(tx);
  return rows[0] ?? null;
}

/** Moves a person's stage: one event, the copy on the person, and the index that clients hold. */
export async function moveStage(
  tx: WriteTransaction,
  workspaceId: string,
  present: PresentStage,
  { to, at, by, reason, agreementVersion, feedbackId }: StageMove,
): Promise<void> {
  const id = uuid();
  // A clock that was set back must not put this event before the one it follows.
  const time = at.toISOString() > present.since ? at.toISOString() : present.since;
  await insertRows(tx, workspaceId, 'stage_events', [
    {
      id,
      person_id: present.personId,
      from_stage: present.stage,
      to_stage: to,
      at: time,
      by_kind: by.kind,
      by_id: by.id,
      by_name: by.name,
      reason: reason ?? null,
      agreement_version: agreementVersion,
      feedback_id: feedbackId,
    },
  ]);
  await sql`
    update people p set stage = ${to}, stage_event_id = ${id}, stage_since = ${time}
    where p.workspace_id = ${workspaceId} and p.id = ${present.personId}`.execute(tx);
  await refreshLeadIndex(tx, workspaceId, [present.personId]);
}

/** The stage a person had before a feedback moved it; null when it moved nothing. */
export async function stageBefore(
  tx: WriteTransaction,
  workspaceId: string,
  feedbackId: string,
): Promise<Stage | null> {
  const { rows } = await sql<{ stage: Stage }>`
    select v.from_stage as stage from stage_events v
    where v.workspace_id = ${workspaceId} and v.feedback_id = ${feedbackId}
    order by v.at, v.id limit 1`.execute(tx);
  return rows[0]?.stage ?? null;
}
