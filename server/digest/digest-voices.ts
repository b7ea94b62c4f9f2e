import { sql } from 'kysely';
import type { Opinion } from '../../utils/contract/plan.ts';
import type { Database } from '../store/database.ts';
import { instant } from '../store/json.ts';

/** So many of one kind; who wants more opens Tandem. */
const LINES = 2;

/** What somebody said, about whom or what. */
export interface Voice {
  about: string;
  text: string;
}

/** How many there are, and the first few of them. */
export interface Some<T> {
  count: number;
  first: T[];
}

/** What marketing has asked somebody back and waits for. */
export async function readQuestions(db: Database, workspaceId: string, userId: string): Promise<Some<Voice>> {
  const { rows } = await sql<Voice & { count: number }>`
    select coalesce(p.name, c.name, '') as about, q.text, count(*) over ()::int as count
    from feedback f
    cross join lateral (
      select r.text from feedback_replies r
      where r.workspace_id = ${workspaceId} and r.feedback_id = f.id and r.kind = 'question'
      order by r.at desc, r.id limit 1) q
    left join people p on p.workspace_id = ${workspaceId} and p.id = f.person_id and p.archived_at is null
    left join campaigns c on c.workspace_id = ${workspaceId} and c.id = f.campaign_id
    where f.workspace_id = ${workspaceId} and f.by_user_id = ${userId} and f.waits_for = 'sales'
      and f.state <> 'withdrawn'
    order by f.at desc, f.id limit ${LINES}`.execute(db);
  return someOf(rows);
}

/** How much feedback waits for a word of sales. */
export async function countQuestions(db: Database, workspaceId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from feedback f
    where f.workspace_id = ${workspaceId} and f.waits_for = 'sales' and f.state <> 'withdrawn'`.execute(db);
  return rows[0]?.count ?? 0;
}

/** What sales has said to marketing's questions since then, where it is marketing's turn. */
export async function readReplies(db: Database, workspaceId: string, since: Date): Promise<Some<Voice>> {
  const { rows } = await sql<Voice & { count: number }>`
    select coalesce(p.name, c.name, '') as about, r.text, count(*) over ()::int as count
    from feedback_replies r
    join feedback f on f.workspace_id = ${workspaceId} and f.id = r.feedback_id
    join users a on a.workspace_id = ${workspaceId} and a.id = r.by_user_id
    left join people p on p.workspace_id = ${workspaceId} and p.id = f.person_id and p.archived_at is null
    left join campaigns c on c.workspace_id = ${workspaceId} and c.id = f.campaign_id
    where r.workspace_id = ${workspaceId} and a.team = 'sales' and r.at > ${since.toISOString()}
      and f.waits_for = 'marketing' and f.state <> 'withdrawn' and exists (
        select 1 from feedback_replies q
        where q.workspace_id = ${workspaceId} and q.feedback_id = f.id and q.kind = 'question' and q.at <= r.at)
    order by r.at desc, r.id limit ${LINES}`.execute(db);
  return someOf(rows);
}

/** Praise for a campaign, in its author's words where there are any. */
export interface Praise {
  campaign: string;
  by: string;
  comment?: string;
}

/** What sales has praised since then: with words first. */
export async function readPraise(db: Database, workspaceId: string, since: Date): Promise<Some<Praise>> {
  const { rows } = await sql<{ praise: Praise; count: number }>`
    select json_strip_nulls(json_build_object('campaign', c.name, 'by', u.name,
      'comment', nullif(trim(f.comment), ''))) as praise, count(*) over ()::int as count
    from feedback f
    join campaigns c on c.workspace_id = ${workspaceId} and c.id = f.campaign_id
    join users u on u.workspace_id = ${workspaceId} and u.id = f.by_user_id
    where f.workspace_id = ${workspaceId} and f.verdict = 'praise' and f.state <> 'withdrawn'
      and f.at > ${since.toISOString()}
    order by nullif(trim(f.comment), '') is null, f.at desc, f.id limit ${LINES}`.execute(db);
  return { count: rows[0]?.count ?? 0, first: rows.map(({ praise }) => praise) };
}

/** A plan that sales is asked about, and until when. */
export interface AskedPlan {
  title: string;
  until: string;
}

/** Plans that sales can still say something about: all of them, or those that somebody has not spoken about. */
export async function readAskedPlans(
  db: Database,
  workspaceId: string,
  userId: string | null,
  now: Date,
): Promise<Some<AskedPlan>> {
  const { rows } = await sql<AskedPlan & { count: number }>`
    select p.title, ${instant('p.opinions_until')} as until, count(*) over ()::int as count
    from plans p
    where p.workspace_id = ${workspaceId} and p.decided_at is null
      and p.opinions_until > ${now.toISOString()}::timestamptz and not exists (
        select 1 from plan_opinions o
        where o.workspace_id = ${workspaceId} and o.plan_id = p.id and o.by_user_id = ${userId}::uuid)
    order by p.opinions_until, p.id limit ${LINES}`.execute(db);
  return { count: rows[0]?.count ?? 0, first: rows.map(({ title, until }) => ({ title, until })) };
}

/** What sales says of a plan. */
export type JudgedPlan = { title: string } & Record<Opinion, number>;

/** Plans that sales has spoken about and that marketing has still to decide on. */
export async function readJudgedPlans(
  db: Database,
  workspaceId: string,
  now: Date,
): Promise<Some<JudgedPlan>> {
  const { rows } = await sql<{ plan: JudgedPlan; count: number }>`
    select json_build_object('title', p.title, 'good', o.good, 'doubts', o.doubts, 'please-not', o.pleasenot) as plan,
      count(*) over ()::int as count
    from plans p
    join (
      select s.plan_id, count(*) filter (where s.opinion = 'good')::int as good,
        count(*) filter (where s.opinion = 'doubts')::int as doubts,
        count(*) filter (where s.opinion = 'please-not')::int as pleasenot
      from plan_opinions s where s.workspace_id = ${workspaceId}
      group by s.plan_id
    ) o on o.plan_id = p.id
    where p.workspace_id = ${workspaceId} and p.decided_at is null
      and p.goes_out_at > ${now.toISOString()}::timestamptz
    order by p.goes_out_at, p.id limit ${LINES}`.execute(db);
  return { count: rows[0]?.count ?? 0, first: rows.map(({ plan }) => plan) };
}

const someOf = (rows: readonly (Voice & { count: number })[]): Some<Voice> => ({
  count: rows[0]?.count ?? 0,
  first: rows.map(({ about, text }) => ({ about, text })),
});
