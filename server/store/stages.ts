import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { CriterionResult } from '../../utils/contract/qualification.ts';
import type { Actor, Stage, StageEvent, StageState } from '../../utils/contract/stage.ts';
import { noteEvents } from '../deliveries/note-events.ts';
import { followStage } from '../hand-overs/follow-stage.ts';
import { markDue } from '../qualification/mark-due.ts';
import { ProblemError } from '../problem.ts';
import type { Database, WriteTransaction } from './database.ts';
import { insertRows } from './insert-rows.ts';
import { instant, stageStateJson } from './json.ts';
import { refreshLeadIndex } from './lead-index.ts';

/** A person's present stage and the event that brought it. */
export interface PresentStage {
  personId: string;
  stage: Stage;
  since: string;
  /** The event that brought it. */
  eventId: string;
  reason: string | null;
  /** The feedback that moved the stage, when it was one. */
  feedbackId: string | null;
}

export interface StageMove {
  /** Of the event; by default a new one. */
  id?: string | undefined;
  to: Stage;
  at: Date;
  by: Actor;
  reason?: string | undefined;
  agreementVersion: number;
  feedbackId?: string | undefined;
  /** When a person clicked, by their clock. */
  clientTime?: string | undefined;
  /** By default a `move`. */
  kind?: StageEvent['kind'];
  /** The event that an undo takes back or a correction mends. */
  refersTo?: string | undefined;
  /** The criteria as they were evaluated, when they are why. */
  evidence?: CriterionResult | undefined;
}

/** Reads a person's stage and keeps others from moving it until the transaction ends; null: no such person. */
export async function lockStage(
  tx: WriteTransaction,
  workspaceId: string,
  personId: string,
): Promise<PresentStage | null> {
  // First the lock, then the event: a statement that had to wait would read the row anew, but not what it joins.
  await sql`
    select 1 from people p where p.workspace_id = ${workspaceId} and p.id = ${personId}
    for no key update`.execute(tx);
  const { rows } = await sql<PresentStage>`
    select p.id as "personId", p.stage, ${instant('p.stage_since')} as since, v.id as "eventId", v.reason,
      v.feedback_id as "feedbackId"
    from people p
    join stage_events v on v.workspace_id = ${workspaceId} and v.id = p.stage_event_id
    where p.workspace_id = ${workspaceId} and p.id = ${personId} and p.archived_at is null`.execute(tx);
  return rows[0] ?? null;
}

/**
 * Moves a person's stage: one event, the copy on the person, the index that clients hold, and what follows
 * from it: the hand-over, and figures to be made anew.
 *
 * @returns the event's id.
 */
export async function moveStage(
  tx: WriteTransaction,
  workspaceId: string,
  present: PresentStage,
  move: StageMove,
): Promise<string> {
  const { to, at, by, kind = 'move' } = move;
  const id = move.id ?? uuid();
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
      by_id: by.id ?? null,
      by_name: by.name,
      reason: move.reason ?? null,
      agreement_version: move.agreementVersion,
      feedback_id: move.feedbackId ?? null,
      client_time: move.clientTime ?? null,
      kind,
      refers_to: move.refersTo ?? null,
      evidence: move.evidence ?? null,
    },
  ]);
  await sql`
    update people p set stage = ${to}, stage_event_id = ${id}, stage_since = ${time}
    where p.workspace_id = ${workspaceId} and p.id = ${present.personId}`.execute(tx);
  await refreshLeadIndex(tx, workspaceId, [present.personId]);
  await followStage(tx, workspaceId, {
    personId: present.personId,
    from: present.stage,
    to,
    kind,
    at: new Date(time),
    ...(move.evidence && { criteria: move.evidence }),
  });
  await markDue(tx, workspaceId, [present.personId], at);
  await noteEvents(tx, workspaceId, [{ kind: 'stage.changed', subject: { stageEventId: id } }], at);
  return id;
}

/** @throws ProblemError `stage-changed` with the present state, when the lead was moved since the event somebody saw. */
export async function requireSeen(
  db: Database,
  workspaceId: string,
  present: PresentStage,
  seenEventId: string,
): Promise<void> {
  if (seenEventId === present.eventId) return;
  const current = await readStageState(db, workspaceId, present.personId);
  throw new ProblemError('stage-changed', 'Somebody has moved this lead meanwhile.', { current });
}

/** The contract's `StageState` of a person that is there. */
export async function readStageState(
  db: Database,
  workspaceId: string,
  personId: string,
): Promise<StageState> {
  const { rows } = await sql<{ state: StageState }>`
    select ${stageStateJson(workspaceId)} as state
    from people p where p.workspace_id = ${workspaceId} and p.id = ${personId}`.execute(db);
  if (!rows[0]) throw new Error('The person is gone.');
  return rows[0].state;
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

/** What rules need to know of a stage event. */
export interface StoredStageEvent {
  personId: string;
  from: Stage | null;
  to: Stage;
  /** The user who moved the lead; null when none did. */
  authorId: string | null;
  /** When they clicked, by their clock. */
  clientTime: string | null;
  feedbackId: string | null;
}

/** One stage event; null when there is none. */
export async function readStageEvent(
  db: Database,
  workspaceId: string,
  id: string,
): Promise<StoredStageEvent | null> {
  const { rows } = await sql<StoredStageEvent>`
    select v.person_id as "personId", v.from_stage as "from", v.to_stage as "to",
      case when v.by_kind = 'person' then v.by_id end as "authorId", ${instant('v.client_time')} as "clientTime",
      v.feedback_id as "feedbackId"
    from stage_events v where v.workspace_id = ${workspaceId} and v.id = ${id}`.execute(db);
  return rows[0] ?? null;
}
