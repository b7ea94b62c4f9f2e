import { type RawBuilder, sql } from 'kysely';
import type { FigureSegments } from '../../utils/contract/figures.ts';
import { monthAfter, type ReportPeriod } from '../../utils/domain/report-period.ts';
import { tier } from '../qualification/qualification-json.ts';
import type { Database } from '../store/database.ts';
import { plannedAnew } from '../store/statement-names.ts';
import { monthOf } from './pairs.ts';

/** What is left of all cases when something is chosen. */
export interface FigureFilter {
  campaignId?: string | undefined;
  ownerId?: string | undefined;
  country?: string | undefined;
  rule?: string | undefined;
}

/** How many cases of a month count as something. */
export interface MonthCount {
  month: string;
  name: string;
  n: number;
}

/** Whether a column, the first day of a month, is one of a period's. */
export const during = (column: string, { from, to }: ReportPeriod) =>
  sql`${sql.ref(column)} between ${`${from}-01`}::date and ${`${to}-01`}::date`;

/**
 * What hand-overs count as, month by month. Of all campaigns it is read off the counts, which are as many as there are
 * combinations to choose by; of one campaign off the hand-overs of the people it touched.
 */
export function countsQuery(
  workspaceId: string,
  period: ReportPeriod,
  { campaignId, ownerId, country, rule }: FigureFilter,
): RawBuilder<MonthCount> {
  if (campaignId === undefined) {
    return sql<MonthCount>`
      select to_char(k.month, 'YYYY-MM') as month, k.name, sum(k.n)::int as n from figure_counts k
      where k.workspace_id = ${workspaceId} and ${during('k.month', period)}
        ${ownerId === undefined ? sql`` : sql`and k.owner = ${ownerId.toLowerCase()}`}
        ${country === undefined ? sql`` : sql`and k.country = ${country}`}
        ${rule === undefined ? sql`` : sql`and k.rule = ${rule}`}
      group by k.month, k.name`;
  }
  return sql<MonthCount>`
    select to_char(f.month, 'YYYY-MM') as month, c.name, count(*)::int as n
    from hand_over_facts f cross join unnest(f.counts) c (name)
    where f.workspace_id = ${workspaceId} and ${during('f.month', period)}
      and ${chosen(workspaceId, { campaignId, ownerId, country, rule })}
    group by f.month, c.name`;
}

/** Of the rows of `hand_over_facts f`. */
function chosen(workspaceId: string, { campaignId, ownerId, country, rule }: FigureFilter) {
  return sql`(
    ${
      campaignId === undefined
        ? sql`true`
        : sql`f.person_id in (select ${plannedAnew} p.person_id from person_campaigns p
      where p.workspace_id = ${workspaceId} and p.campaign_id = ${campaignId})`
    }
    ${ownerId === undefined ? sql`` : sql`and f.owner_id = ${ownerId}`}
    ${country === undefined ? sql`` : sql`and f.country = ${country}`}
    ${rule === undefined ? sql`` : sql`and f.rule = ${rule}`})`;
}

/**
 * What feedback counts as whose answer was promised: answered in time or too late, or still waiting. It is read as it
 * stands, for time alone makes an answer late.
 */
export function answersQuery(
  workspaceId: string,
  { from, to }: ReportPeriod,
  { campaignId, ownerId, country, rule }: FigureFilter,
  now: Date,
): RawBuilder<MonthCount> {
  const time = sql`${now.toISOString()}::timestamptz`;
  return sql<MonthCount>`
    select to_char(a.month, 'YYYY-MM') as month, a.name, count(*)::int as n from (
      select ${monthOf('f.at')} as month, case
        when f.answered_at <= f.answer_due_at then 'answered-kept'
        when f.answered_at is not null or f.answer_due_at <= ${time} then 'answered-late'
        else 'answered-open' end as name
      from feedback f
      where f.workspace_id = ${workspaceId} and f.answer_due_at is not null and f.state <> 'withdrawn'
        and f.at >= ${`${from}-01T00:00:00Z`}::timestamptz
        and f.at < ${`${monthAfter(to, 1)}-01T00:00:00Z`}::timestamptz
        ${campaignId === undefined ? sql`` : sql`and f.filed_under = ${campaignId}`}
        ${ownerId === undefined ? sql`` : sql`and f.by_user_id = ${ownerId}`}
        ${rule === undefined ? sql`` : sql`and false`}
        ${
          country === undefined
            ? sql``
            : sql`and exists (select 1 from people p
                where p.workspace_id = ${workspaceId} and p.id = f.person_id and p.country = ${country})`
        }
    ) a
    group by a.month, a.name`;
}

/** How well those that were won fit the profile now, month by month; null: nobody knows. */
export function fitOfWinsQuery(
  workspaceId: string,
  period: ReportPeriod,
  filter: FigureFilter,
): RawBuilder<{ month: string; tier: 0 | 1 | 2 | 3 | null; n: number }> {
  return sql`
    select to_char(w.month, 'YYYY-MM') as month, w.tier, count(*)::int as n from (
      select f.month, case when f.fit_score is not null then
        ${tier(sql`f.fit_score`, sql`f.fit_score > 0`, sql`k.fit`)} end as tier
      from hand_over_facts f
      left join tier_cutoffs k on k.workspace_id = ${workspaceId}
      where f.workspace_id = ${workspaceId} and f.won and ${during('f.month', period)} and ${chosen(workspaceId, filter)}
    ) w
    group by w.month, w.tier`;
}

/** What the hand-overs of a period can be chosen by. */
export async function readSegments(
  db: Database,
  workspaceId: string,
  period: ReportPeriod,
): Promise<FigureSegments> {
  const { rows } = await sql<{ owners: string[]; countries: string[]; rules: string[] }>`
    select
      coalesce(array_agg(distinct k.owner) filter (where k.owner <> ''), '{}') as owners,
      coalesce(array_agg(distinct k.country) filter (where k.country <> ''), '{}') as countries,
      coalesce(array_agg(distinct k.rule) filter (where k.rule <> ''), '{}') as rules
    from figure_counts k
    where k.workspace_id = ${workspaceId} and k.name = 'hand-over' and ${during('k.month', period)}`.execute(
    db,
  );
  const { owners = [], countries = [], rules = [] } = rows[0] ?? {};
  const users = await sql<{ id: string; name: string }>`
    select u.id, u.name from users u
    where u.workspace_id = ${workspaceId} and u.id = any(${owners}::uuid[]) order by u.name, u.id`.execute(
    db,
  );
  return { owners: users.rows, countries, rules };
}
