import { type RawBuilder, sql } from 'kysely';
import type { NewDecision, NewOpinion, NewPlan, Plan, PlanState } from '../../utils/contract/plan.ts';
import { noteChanges } from '../live/changes.ts';
import type { Database, WriteTransaction } from '../store/database.ts';
import { instant } from '../store/json.ts';

/** What rules need to know of a plan. */
export interface StoredPlan {
  contentHash: string;
  opinionsUntil: string;
  decided: boolean;
}

const somebody = (workspaceId: string, column: string): RawBuilder<unknown> => sql`(
  select json_build_object('id', s.id, 'name', s.name) from users s
  where s.workspace_id = ${workspaceId} and s.id = ${sql.ref(column)})`;

/** `Plan` for every row of `plans p`. */
const planJson = (workspaceId: string): RawBuilder<Plan> => sql`json_strip_nulls(json_build_object(
  'id', p.id,
  'campaign', (select json_build_object('id', c.id, 'name', c.name, 'kind', c.kind) from campaigns c
    where c.workspace_id = ${workspaceId} and c.id = p.campaign_id),
  'title', p.title, 'details', p.details, 'question', p.question,
  'goesOutAt', ${instant('p.goes_out_at')}, 'opinionsUntil', ${instant('p.opinions_until')},
  'by', ${somebody(workspaceId, 'p.by_user_id')}, 'at', ${instant('p.at')},
  'opinions', (
    select coalesce(json_agg(json_build_object(
        'by', ${somebody(workspaceId, 'o.by_user_id')}, 'opinion', o.opinion, 'comment', o.comment,
        'at', ${instant('o.at')}) order by o.at desc, o.by_user_id), '[]'::json)
    from plan_opinions o where o.workspace_id = ${workspaceId} and o.plan_id = p.id),
  'silent', (
    select count(*) from users u
    where u.workspace_id = ${workspaceId} and u.team = 'sales' and u.role in ('rep', 'manager')
      and u.deactivated_at is null and not exists (
        select 1 from plan_opinions d
        where d.workspace_id = ${workspaceId} and d.plan_id = p.id and d.by_user_id = u.id)),
  'decision', case when p.decided_at is not null then json_build_object('outcome', p.decision,
    'text', p.decision_text, 'by', ${somebody(workspaceId, 'p.decided_by')}, 'at', ${instant('p.decided_at')}) end
))`;

export interface PlanFilter {
  state?: PlanState | undefined;
  campaignId?: string | undefined;
  /** The last one of the page before. */
  after?: { at: string; id: string } | undefined;
  limit: number;
}

/** Plans, the newest first. */
export async function listPlans(
  db: Database,
  workspaceId: string,
  { state, campaignId, after, limit }: PlanFilter,
  now: Date,
): Promise<Plan[]> {
  const open = sql`(p.decided_at is null and p.opinions_until > ${now.toISOString()}::timestamptz)`;
  const { rows } = await sql<{ plan: Plan }>`
    select ${planJson(workspaceId)} as plan from plans p
    where p.workspace_id = ${workspaceId}
      ${state ? sql`and ${state === 'open' ? open : sql`not ${open}`}` : sql``}
      ${campaignId ? sql`and p.campaign_id = ${campaignId}` : sql``}
      ${after ? sql`and (p.at, p.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
    order by p.at desc, p.id desc limit ${limit}`.execute(db);
  return rows.map(({ plan }) => plan);
}

/** One plan; null when there is none. */
export async function readPlan(db: Database, workspaceId: string, id: string): Promise<Plan | null> {
  const { rows } = await sql<{ plan: Plan }>`
    select ${planJson(workspaceId)} as plan from plans p
    where p.workspace_id = ${workspaceId} and p.id = ${id}`.execute(db);
  return rows[0]?.plan ?? null;
}

/** A plan, kept from others until the transaction ends: an opinion and a decision come one after the other. */
export async function lockPlan(
  tx: WriteTransaction,
  workspaceId: string,
  id: string,
): Promise<StoredPlan | null> {
  const { rows } = await sql<StoredPlan>`
    select p.content_hash as "contentHash", ${instant('p.opinions_until')} as "opinionsUntil",
      p.decided_at is not null as decided
    from plans p where p.workspace_id = ${workspaceId} and p.id = ${id} for update`.execute(tx);
  return rows[0] ?? null;
}

/** Stores a plan, unless its id is known. */
export async function insertPlan(
  tx: WriteTransaction,
  workspaceId: string,
  { id, campaignId, title, details, question, goesOutAt, opinionsUntil }: NewPlan,
  given: { authorId: string; contentHash: string; at: Date },
): Promise<void> {
  await sql`
    insert into plans (workspace_id, id, campaign_id, title, details, question, goes_out_at, opinions_until,
      by_user_id, at, content_hash)
    values (${workspaceId}, ${id}, ${campaignId ?? null}, ${title}, ${details}, ${question ?? null}, ${goesOutAt},
      ${opinionsUntil}, ${given.authorId}, ${given.at.toISOString()}, ${given.contentHash})
    on conflict do nothing`.execute(tx);
  noteChanges(tx, 'plans', [id]);
}

/** What somebody says of a plan, in the place of what they said before. */
export async function putOpinion(
  tx: WriteTransaction,
  workspaceId: string,
  planId: string,
  { opinion, comment, byUserId, at }: NewOpinion & { byUserId: string; at: Date },
): Promise<void> {
  await sql`
    insert into plan_opinions as o (workspace_id, plan_id, by_user_id, opinion, comment, at)
    values (${workspaceId}, ${planId}, ${byUserId}, ${opinion}, ${comment ?? null}, ${at.toISOString()})
    on conflict (workspace_id, plan_id, by_user_id) do update
      set opinion = excluded.opinion, comment = excluded.comment, at = excluded.at
      where (o.opinion, o.comment) is distinct from (excluded.opinion, excluded.comment)`.execute(tx);
  noteChanges(tx, 'plans', [planId]);
}

/** What marketing makes of a plan; the last word counts. */
export async function decidePlan(
  tx: WriteTransaction,
  workspaceId: string,
  planId: string,
  { outcome, text, byUserId, at }: NewDecision & { byUserId: string; at: Date },
): Promise<void> {
  await sql`
    update plans p set decision = ${outcome}, decision_text = ${text}, decided_by = ${byUserId},
      decided_at = ${at.toISOString()}
    where p.workspace_id = ${workspaceId} and p.id = ${planId}`.execute(tx);
  noteChanges(tx, 'plans', [planId]);
}
