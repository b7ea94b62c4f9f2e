import { type RawBuilder, sql } from 'kysely';
import type { Feedback, FeedbackState, NewFeedback, NewReply } from '../../utils/contract/feedback.ts';
import type { Database, WriteTransaction } from './database.ts';
import { insertRows } from './insert-rows.ts';
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
  json: string;
};

const select = (workspaceId: string): RawBuilder<StoredFeedback> => sql`
  select f.id, f.verdict, f.reasons, f.state, ${instant('f.client_time')} as "clientTime", ${instant('f.at')} as at,
    f.person_id as "personId", f.about_kind as "aboutKind", f.by_user_id as "authorId",
    f.content_hash as "contentHash", f.agreement_version as "agreementVersion",
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
  await sql`
    select f.id from feedback f where f.workspace_id = ${workspaceId} and f.id = ${id} for update`.execute(
    tx,
  );
  return readFeedback(tx, workspaceId, id);
}

export interface FeedbackFilter {
  state?: FeedbackState | undefined;
  personId?: string | undefined;
  /** The last one of the page before. */
  after?: { at: string; id: string } | undefined;
  limit: number;
}

/** Feedback, newest first. What was withdrawn shows only when asked for by its state. */
export async function listFeedback(
  db: Database,
  workspaceId: string,
  { state, personId, after, limit }: FeedbackFilter,
): Promise<StoredFeedback[]> {
  const { rows } = await sql<StoredFeedback>`
    ${select(workspaceId)}
      and ${state ? sql`f.state = ${state}` : sql`f.state <> 'withdrawn'`}
      ${personId ? sql`and f.person_id = ${personId}` : sql``}
      ${after ? sql`and (f.at, f.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
    order by f.at desc, f.id desc limit ${limit}`.execute(db);
  return rows;
}

/** Stores feedback; false when the id is known already. */
export async function insertFeedback(
  tx: WriteTransaction,
  workspaceId: string,
  feedback: NewFeedback,
  given: { authorId: string; contentHash: string; agreementVersion: number; at: Date },
): Promise<boolean> {
  const { id, about, verdict, reasons, comment, clientTime } = feedback;
  const { authorId, contentHash, agreementVersion, at } = given;
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
  };
  const isNew = (await insertRows(tx, workspaceId, 'feedback', [row])) === 1;
  if (isNew) noteFeedback(tx, { id, personId: row.person_id });
  return isNew;
}

/** It shows in the inbox, and with the person it is about. */
function noteFeedback(tx: WriteTransaction, { id, personId }: Pick<StoredFeedback, 'id' | 'personId'>): void {
  noteChanges(tx, 'feedback', [id]);
  if (personId !== null) noteChanges(tx, 'person', [personId]);
}

/** Writes the given fields; absent ones stay. */
export async function updateFeedback(
  tx: WriteTransaction,
  workspaceId: string,
  id: string,
  {
    state,
    reasons,
    comment,
  }: { state?: FeedbackState; reasons?: string[] | undefined; comment?: string | undefined },
): Promise<void> {
  const { rows } = await sql<Pick<StoredFeedback, 'personId'>>`
    update feedback f set
      state = coalesce(${state ?? null}::text, f.state),
      reasons = coalesce(${reasons ?? null}::text[], f.reasons),
      comment = coalesce(${comment ?? null}::text, f.comment)
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
      text: reply.text,
      at: reply.at.toISOString(),
    },
  ]);
  if (inserted === 1) {
    noteFeedback(tx, feedback);
    return 'stored';
  }
  const { rows } = await sql<{ same: boolean }>`
    select r.feedback_id = ${feedback.id} and r.by_user_id = ${reply.authorId} and r.text = ${reply.text} as same
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
