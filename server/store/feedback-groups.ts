import { type RawBuilder, sql } from 'kysely';
import {
  type FeedbackFilter,
  type FeedbackGroups,
  type FeedbackView,
  MOST_GROUPS,
} from '../../utils/contract/inbox.ts';
import type { Database } from './database.ts';

/** What a filter asks of a row of `feedback f`. */
export function feedbackConditions(
  { view, state, verdict, about, personId, campaignId, reason }: FeedbackFilter,
  now: Date,
): RawBuilder<boolean> {
  const conditions = [
    state ? sql<boolean>`f.state = ${state}` : sql<boolean>`f.state <> 'withdrawn'`,
    view && viewCondition(view, now),
    verdict && sql<boolean>`f.verdict = ${verdict}`,
    about && sql<boolean>`f.about_kind = ${about}`,
    personId && sql<boolean>`f.person_id = ${personId}`,
    campaignId &&
      (campaignId === 'none'
        ? sql<boolean>`f.filed_under is null`
        : sql<boolean>`f.filed_under = ${campaignId}`),
    reason &&
      (reason === 'none' ? sql<boolean>`f.reasons = '{}'` : sql<boolean>`f.reasons @> ${[reason]}::text[]`),
  ].filter((condition) => condition !== undefined && condition !== '');
  return sql`${sql.join(conditions, sql` and `)}`;
}

const isOpen = sql<boolean>`f.waits_for = 'marketing'`;
const isOverdue = (now: Date) =>
  sql<boolean>`(f.waits_for = 'marketing' and f.answered_at is null and f.answer_due_at <= ${now.toISOString()}::timestamptz)`;

function viewCondition(view: FeedbackView, now: Date): RawBuilder<boolean> {
  switch (view) {
    case 'open':
      return isOpen;
    case 'overdue':
      return isOverdue(now);
    case 'asked':
      return sql`f.waits_for = 'sales'`;
    case 'praise':
      return sql`f.verdict = 'praise'`;
    case 'done':
      return sql`f.state in ('answered', 'acted') and f.waits_for is null`;
  }
}

/**
 * How much feedback there is: in all, and of a filter by campaign and by reason. The totals read partial indexes of
 * what waits and of praise, and so grow with these; the groups read what the filter leaves.
 */
export async function readFeedbackGroups(
  db: Database,
  workspaceId: string,
  filter: FeedbackFilter,
  now: Date,
): Promise<FeedbackGroups> {
  const counts = sql`count(*)::int as count, count(*) filter (where ${isOpen})::int as open,
    count(*) filter (where ${isOverdue(now)})::int as overdue`;
  const asked = feedbackConditions(filter, now);
  const { rows: totals } = await sql<FeedbackGroups['totals']>`
    select count(*) filter (where ${isOpen})::int as open, count(*) filter (where ${isOverdue(now)})::int as overdue,
      count(*) filter (where f.waits_for = 'sales')::int as asked,
      (select count(*)::int from feedback p
       where p.workspace_id = ${workspaceId} and p.verdict = 'praise' and p.state <> 'withdrawn') as praise
    from feedback f where f.workspace_id = ${workspaceId} and f.waits_for is not null`.execute(db);
  const { rows: campaigns } = await sql<FeedbackGroups['campaigns'][number]>`
    select case when g.id is not null then json_build_object('id', g.id, 'name', g.name) end as campaign,
      n.count, n.open, n.overdue
    from (
      select f.filed_under, ${counts} from feedback f
      where f.workspace_id = ${workspaceId} and ${asked} group by f.filed_under) n
    left join campaigns g on g.workspace_id = ${workspaceId} and g.id = n.filed_under
    order by n.count desc, g.name, g.id limit ${MOST_GROUPS}`.execute(db);
  const { rows: reasons } = await sql<FeedbackGroups['reasons'][number]>`
    select r.reason, ${counts} from feedback f
    left join lateral unnest(f.reasons) as r (reason) on true
    where f.workspace_id = ${workspaceId} and ${asked}
    group by r.reason order by 2 desc, r.reason limit ${MOST_GROUPS}`.execute(db);
  return { totals: totals[0] ?? { open: 0, overdue: 0, asked: 0, praise: 0 }, campaigns, reasons };
}
