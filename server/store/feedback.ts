import { type RawBuilder, sql } from 'kysely';
import type { Feedback, FeedbackState, NewFeedback, NewReply } from '../../utils/contract/feedback.ts';
import type { Clock } from '../../utils/contract/hand-over.ts';
import type { FeedbackFilter, FeedbackOrder } from '../../utils/contract/inbox.ts';
import type { Team } from '../../utils/contract/session.ts';
import type { Database, WriteTransaction } from './database.ts';
import { insertRows } from './insert-rows.ts';
import { feedbackConditions } from './feedback-groups.ts';
import { feedbackJson, instant } from './json.ts';
import { noteChanges } from '../live/changes.ts';

/** What rules need to know of stored feedback; `json` is the contract's `Feedback` as text. */
export type StoredFeedback = Pick<Feedback, 'id' | 'verdict' | 'reasons' | 'state' | 'clientTime'> & {
  personId: string | null;
  aboutKind: Feedback['about']['kind'];
  authorId: string;
  contentHash: string;
  agreementVersion: number;
  at: string;
  waitsFor: Team | null;
  answer: Clock | null;
  comment: string | null;
  json: string;
};

const select = (workspaceId: string): RawBuilder<StoredFeedback> => sql`
  select f.id, f.verdict, f.reasons, f.state, ${instant('f.client_time')} as "clientTime", ${instant('f.at')} as at,
    f.person_id as "personId", f.about_kind as "aboutKind", f.by_user_id as "authorId",
    f.content_hash as "contentHash", f.agreement_version as "agreementVersion", f.waits_for as "waitsFor",
    f.answer, f.comment,
    (${feedbackJson(workspaceId)})::text as json
  from feedback f where f.workspace_id = ${workspaceId}`;

/** One piece of feedback; null when there is none. */
export async function readFeedback(
  db: Database,
  workspaceId: string,
  id: string,
): Promise<StoredFeedback | null> {
  const { rows } = await sql<StoredFeedback>`
    ${select(workspaceId)} and f.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** The same, keeping others from changing it until the transaction ends. */
export async function lockFeedback(
  tx: WriteTransaction,
  workspaceId: string,
  id: string,
): Promise<StoredFeedback | null> {
  return (await lockAllFeedback(tx, workspaceId, [id]))[0] ?? null;
}

/** The same of several, in the order of their ids. */
export async function lockAllFeedback(
  tx: WriteTransaction,
  workspaceId: string,
  ids: readonly string[],
): Promise<StoredFeedback[]> {
  // In one order, so that two who lock several do not wait for each other.
  await sql`
    select f.id from feedback f
    where f.workspace_id = ${workspaceId} and f.id = any(${ids}::uuid[]) order by f.id for update`.execute(
    tx,
  );
  const { rows } = await sql<StoredFeedback>`
    ${select(workspaceId)} and f.id = any(${ids}::uuid[]) order by f.id`.execute(tx);
  return rows;
}

export interface FeedbackPage extends FeedbackFilter {
  order: FeedbackOrder;
  /** The last one of the page before. */
  after?: { at: string; id: string } | undefined;
  limit: number;
  /** When it is asked for: what is overdue depends on it. */
  now: Date;
}

/** Feedback of a filter, by the time it came in. */
export async function listFeedback(
  db: Database,
  workspaceId: string,
  { order, after, limit, now, ...filter }: FeedbackPage,
): Promise<StoredFeedback[]> {
  const isNewest = order === 'newest';
  const further = sql.raw(isNewest ? '<' : '>');
  const direction = sql.raw(isNewest ? 'desc' : 'asc');
  const { rows } = await sql<StoredFeedback>`
    ${select(workspaceId)} and ${feedbackConditions(filter, now)}
      ${after ? sql`and (f.at, f.id) ${further} (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
    order by f.at ${direction}, f.id ${direction} limit ${limit}`.execute(db);
  return rows;
}

interface Given {
  authorId: string;
  contentHash: string;
  agreementVersion: number;
  at: Date;
  /** When marketing has to have answered, if it has to. */
  answer: Clock | null;
  waitsFor: Team | null;
}

/** Stores feedback; false when the id is known already. */
export async function insertFeedback(
  tx: WriteTransaction,
  workspaceId: string,
  feedback: NewFeedback,
  given: Given,
): Promise<boolean> {
  const { id, about, verdict, reasons, comment, clientTime } = feedback;
  const { authorId, contentHash, agreementVersion, at, answer } = given;
  const row = {
    id,
    about_kind: about.kind,
    person_id: about.personId ?? null,
    campaign_id: about.kind === 'campaign' ? about.campaignId : null,
    verdict,
    reasons,
    comment: comment ?? null,
    by_user_id: authorId,
    client_time: clientTime,
    at: at.toISOString(),
    state: 'new',
    content_hash: contentHash,
    planned_touch_id: about.kind === 'planned-touch' ? about.plannedTouchId : null,
    agreement_version: agreementVersion,
    answer,
    answer_due_at: answer?.due ?? null,
    waits_for: given.waitsFor,
  };
  const isNew = (await insertRows(tx, workspaceId, 'feedback', [row])) === 1;
  if (!isNew) return false;
  await fileFeedback(tx, workspaceId, [id]);
  noteFeedback(tx, { id, personId: row.person_id });
  return true;
}

/** Files feedback under the campaign it is about, or under the one that had touched the lead last. */
export async function fileFeedback(
  tx: WriteTransaction,
  workspaceId: string,
  ids: readonly string[],
): Promise<void> {
  await sql`
    update feedback f set filed_under = case f.about_kind
      when 'campaign' then f.campaign_id
      when 'planned-touch' then (
        select t.campaign_id from planned_touches t
        where t.workspace_id = ${workspaceId} and t.id = f.planned_touch_id)
      else (
        select t.campaign_id from touchpoints t
        where t.workspace_id = ${workspaceId} and t.person_id = f.person_id and t.campaign_id is not null
          and not t.machine and t.occurred_at <= f.at
        order by t.occurred_at desc, t.id desc limit 1) end
    where f.workspace_id = ${workspaceId} and f.id = any(${ids}::uuid[])`.execute(tx);
}

/** It shows in the inbox, and with the person it is about. */
function noteFeedback(tx: WriteTransaction, { id, personId }: Pick<StoredFeedback, 'id' | 'personId'>): void {
  noteChanges(tx, 'feedback', [id]);
  if (personId !== null) noteChanges(tx, 'person', [personId]);
}

export interface FeedbackChange {
  state?: FeedbackState | undefined;
  reasons?: string[] | undefined;
  comment?: string | undefined;
  /** Null: nobody. */
  waitsFor?: Team | null | undefined;
  answer?: Clock | undefined;
  /** When marketing has said something; the first time counts. */
  answeredAt?: Date | undefined;
}

/** Writes the given fields; absent ones stay. */
export async function updateFeedback(
  tx: WriteTransaction,
  workspaceId: string,
  id: string,
  { state, reasons, comment, waitsFor, answer, answeredAt }: FeedbackChange,
): Promise<void> {
  const clock = answer ? JSON.stringify(answer) : null;
  const { rows } = await sql<Pick<StoredFeedback, 'personId'>>`
    update feedback f set
      state = coalesce(${state ?? null}::text, f.state),
      reasons = coalesce(${reasons ?? null}::text[], f.reasons),
      comment = coalesce(${comment ?? null}::text, f.comment),
      waits_for = case when ${waitsFor !== undefined}::boolean then ${waitsFor ?? null}::text else f.waits_for end,
      answer = coalesce(${clock}::text::json, f.answer),
      answer_due_at = coalesce(${answer?.due ?? null}::timestamptz, f.answer_due_at),
      answered_at = coalesce(f.answered_at, ${answeredAt?.toISOString() ?? null}::timestamptz)
    where f.workspace_id = ${workspaceId} and f.id = ${id}
    returning f.person_id as "personId"`.execute(tx);
  for (const { personId } of rows) noteFeedback(tx, { id, personId });
}

/** Stores a reply. `conflict`: its id was used for another reply. */
export async function insertReply(
  tx: WriteTransaction,
  workspaceId: string,
  feedback: Pick<StoredFeedback, 'id' | 'personId'>,
  reply: NewReply & { authorId: string; at: Date },
): Promise<'stored' | 'repeated' | 'conflict'> {
  const inserted = await insertRows(tx, workspaceId, 'feedback_replies', [
    {
      id: reply.id,
      feedback_id: feedback.id,
      by_user_id: reply.authorId,
      kind: reply.kind ?? 'answer',
      text: reply.text,
      at: reply.at.toISOString(),
    },
  ]);
  if (inserted === 1) {
    noteFeedback(tx, feedback);
    return 'stored';
  }
  const { rows } = await sql<{ same: boolean }>`
    select r.feedback_id = ${feedback.id} and r.by_user_id = ${reply.authorId} and r.text = ${reply.text}
      and r.kind = ${reply.kind ?? 'answer'} as same
    from feedback_replies r where r.workspace_id = ${workspaceId} and r.id = ${reply.id}`.execute(tx);
  return rows[0]?.same === true ? 'repeated' : 'conflict';
}

/** Whether there is such a campaign. */
export async function campaignIsKnown(
  db: Database,
  workspaceId: string,
  campaignId: string,
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from campaigns c where c.workspace_id = ${workspaceId} and c.id = ${campaignId}`.execute(db);
  return rows.length > 0;
}
