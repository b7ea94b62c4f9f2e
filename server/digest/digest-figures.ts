import { sql } from 'kysely';
import { clockNumber } from '../../utils/domain/index-state.ts';
import type { Database } from '../store/database.ts';

/** So many of one kind; who wants more opens Tandem. */
const LINES = 3;
const ANSWERS = 2;

export interface Counted {
  name: string;
  count: number;
}

/** Marketing's answers to somebody's feedback since then: about whom or what, and what was said. */
export async function readAnswers(db: Database, workspaceId: string, userId: string, since: Date) {
  const { rows } = await sql<{ about: string; text: string }>`
    select coalesce(p.name, c.name, '') as about, r.text
    from feedback_replies r
    join feedback f on f.workspace_id = ${workspaceId} and f.id = r.feedback_id
    join users a on a.workspace_id = ${workspaceId} and a.id = r.by_user_id
    left join people p on p.workspace_id = ${workspaceId} and p.id = f.person_id and p.archived_at is null
    left join campaigns c on c.workspace_id = ${workspaceId} and c.id = f.campaign_id
    where r.workspace_id = ${workspaceId} and f.by_user_id = ${userId} and r.by_user_id <> ${userId}
      and (a.team = 'marketing' or a.role = 'admin')
      and r.kind <> 'question' and f.state <> 'withdrawn' and r.at > ${since.toISOString()}
    order by r.at desc, r.id limit ${ANSWERS}`.execute(db);
  return rows;
}

/** Open hand-overs by how their clocks stand, and new ones since then: of one owner, or of all. */
export async function readHandOvers(db: Database, workspaceId: string, ownerId: string | null, since: Date) {
  const { rows } = await sql<{ atRisk: number; broken: number; fresh: number }>`
    select count(*) filter (where h.open and h.index_clock = ${clockNumber('at-risk')}::int)::int as "atRisk",
      count(*) filter (where h.open and h.index_clock = ${clockNumber('breached')}::int)::int as broken,
      count(*) filter (where h.at > ${since.toISOString()})::int as fresh
    from hand_overs h
    where h.workspace_id = ${workspaceId} and (${ownerId}::uuid is null or h.owner_id = ${ownerId}::uuid)
      and (h.open or h.at > ${since.toISOString()})`.execute(db);
  return rows[0] ?? { atRisk: 0, broken: 0, fresh: 0 };
}

/** Feedback that waits for marketing: how much, how much of it later than promised, and what it is about. */
export async function readWaiting(db: Database, workspaceId: string, now: Date) {
  const { rows: waiting } = await sql<{ count: number; late: number }>`
    select count(*)::int as count,
      count(*) filter (where f.answered_at is null and f.answer_due_at <= ${now.toISOString()}::timestamptz)::int as late
    from feedback f where f.workspace_id = ${workspaceId} and f.waits_for = 'marketing'`.execute(db);
  const { rows: reasons } = await sql<Counted>`
    select r.name, count(*)::int as count from feedback f, unnest(f.reasons) as r (name)
    where f.workspace_id = ${workspaceId} and f.waits_for = 'marketing'
    group by r.name order by count(*) desc, r.name limit ${LINES}`.execute(db);
  const { rows: campaigns } = await sql<Counted>`
    select c.name, count(*)::int as count from feedback f
    join campaigns c on c.workspace_id = ${workspaceId} and c.id = f.filed_under
    where f.workspace_id = ${workspaceId} and f.waits_for = 'marketing'
    group by c.name order by count(*) desc, c.name limit ${LINES}`.execute(db);
  return { ...(waiting[0] ?? { count: 0, late: 0 }), reasons, campaigns };
}

/** Why leads came back since then, most often first. */
export async function readReturnReasons(db: Database, workspaceId: string, since: Date): Promise<Counted[]> {
  const { rows } = await sql<Counted>`
    select r.name, count(*)::int as count from feedback f, unnest(f.reasons) as r (name)
    where f.workspace_id = ${workspaceId} and f.verdict = 'returned' and f.state <> 'withdrawn'
      and f.at > ${since.toISOString()}
    group by r.name order by count(*) desc, r.name limit ${LINES}`.execute(db);
  return rows;
}
