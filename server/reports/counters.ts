import { sql } from 'kysely';
import type { WriteTransaction } from '../store/database.ts';

/** One campaign's figures of the people it touched first in one month, as `campaign_counters` holds them. */
export interface Counters {
  campaign_id: string;
  /** Its first day. */
  month: string;
  reached: number;
  engaged: number;
  mql: number;
  accepted: number;
  sql: number;
  opportunity: number;
  won: number;
  returned: number;
  sla_kept: number;
  sla_broken: number;
  praise: number;
  /** How many were returned, by reason. */
  reasons: Record<string, number>;
}

export interface CampaignMonth {
  campaignId: string;
  /** Its first day. */
  month: string;
}

/** What `server/reports/counters.ts` counts and writes, in the order of the columns. */
const FIGURES = [
  'reached',
  'engaged',
  'mql',
  'accepted',
  'sql',
  'opportunity',
  'won',
  'returned',
  'sla_kept',
  'sla_broken',
  'praise',
] as const satisfies (keyof Counters)[];

/** The figures of these campaigns and months, counted anew from the pairs; what is nothing is left out. */
export async function count(
  tx: WriteTransaction,
  workspaceId: string,
  wanted: readonly CampaignMonth[],
): Promise<Counters[]> {
  const { rows } = await sql<Counters>`
    with due as (${rowsOf(wanted)}),
    leads as (
      select c.campaign_id, c.month, c.engaged, s.*, h.kept, h.broken
      from due d
      join person_campaigns c on c.workspace_id = ${workspaceId}
        and c.campaign_id = d.campaign_id and c.month = d.month
      cross join lateral (
        select
          bool_or(v.to_stage in ('mql', 'sal', 'sql', 'opportunity', 'customer')) as mql,
          bool_or(v.to_stage in ('sal', 'sql', 'opportunity', 'customer')) as accepted,
          bool_or(v.to_stage in ('sql', 'opportunity', 'customer')) as sql,
          bool_or(v.to_stage in ('opportunity', 'customer')) as opportunity,
          bool_or(v.to_stage = 'customer') as won,
          (array_agg(coalesce(v.reason, '') order by v.at desc, v.id desc)
            filter (where v.to_stage in ('recycled', 'disqualified'))) [1] as reason
        from stage_events v
        where v.workspace_id = ${workspaceId} and v.person_id = c.person_id and v.kind <> 'undo'
          and (v.to_stage in ('mql', 'sal', 'sql', 'opportunity', 'customer')
            or (v.to_stage in ('recycled', 'disqualified')
              and (v.from_stage in ('mql', 'sal', 'sql', 'opportunity') or v.feedback_id is not null)))
          and not exists (
            select 1 from stage_events u
            where u.workspace_id = ${workspaceId} and u.person_id = c.person_id and u.refers_to = v.id)
      ) s
      cross join lateral (
        select count(*) filter (where o.kept) as kept, count(*) filter (where not o.kept) as broken
        from hand_overs o
        where o.workspace_id = ${workspaceId} and o.person_id = c.person_id and o.kept is not null
      ) h
    ),
    reasons as (
      select r.campaign_id, r.month, json_object_agg(r.reason, r.n) as reasons
      from (
        select l.campaign_id, l.month, l.reason, count(*) as n from leads l
        where l.reason is not null group by l.campaign_id, l.month, l.reason
      ) r
      group by r.campaign_id, r.month
    ),
    counted as (
      select l.campaign_id, l.month,
        count(*)::int as reached,
        count(*) filter (where l.engaged)::int as engaged,
        count(*) filter (where l.mql)::int as mql,
        count(*) filter (where l.accepted)::int as accepted,
        count(*) filter (where l.sql)::int as sql,
        count(*) filter (where l.opportunity)::int as opportunity,
        count(*) filter (where l.won)::int as won,
        count(l.reason)::int as returned,
        sum(l.kept)::int as sla_kept,
        sum(l.broken)::int as sla_broken
      from leads l group by l.campaign_id, l.month
    ),
    praised as (
      select d.campaign_id, d.month, (
        select count(*)::int from feedback f
        where f.workspace_id = ${workspaceId} and f.campaign_id = d.campaign_id
          and f.at >= d.month::timestamp at time zone 'UTC'
          and f.at < (d.month + interval '1 month') at time zone 'UTC'
          and f.about_kind = 'campaign' and f.verdict = 'praise' and f.state <> 'withdrawn') as praise
      from due d
    )
    select p.campaign_id, p.month::text as month, ${sql.join(
      FIGURES.slice(0, -1).map((name) => sql`coalesce(${sql.ref(`l.${name}`)}, 0) as ${sql.ref(name)}`),
    )}, p.praise, coalesce(r.reasons, '{}'::json) as reasons
    from praised p
    left join counted l on l.campaign_id = p.campaign_id and l.month = p.month
    left join reasons r on r.campaign_id = p.campaign_id and r.month = p.month
    where p.praise > 0 or l.reached > 0
    order by p.campaign_id, p.month`.execute(tx);
  return rows;
}

/** The figures as they are stored. */
export async function readCounters(
  tx: WriteTransaction,
  workspaceId: string,
  wanted: readonly CampaignMonth[],
): Promise<Counters[]> {
  const { rows } = await sql<Counters>`
    select k.campaign_id, k.month::text as month, ${sql.join(FIGURES.map((name) => sql.ref(`k.${name}`)))},
      coalesce((
        select json_object_agg(r.reason, r.returned) from campaign_returns r
        where r.workspace_id = ${workspaceId} and r.campaign_id = k.campaign_id and r.month = k.month
      ), '{}'::json) as reasons
    from (${rowsOf(wanted)}) d
    join campaign_counters k on k.workspace_id = ${workspaceId}
      and k.campaign_id = d.campaign_id and k.month = d.month
    order by k.campaign_id, k.month`.execute(tx);
  return rows;
}

/** Puts `counters` in the place of whatever is stored of these campaigns and months. */
export async function writeCounters(
  tx: WriteTransaction,
  workspaceId: string,
  wanted: readonly CampaignMonth[],
  counters: readonly Counters[],
): Promise<void> {
  await sql`
    with due as (${rowsOf(wanted)}),
    returns as (
      delete from campaign_returns r using due d
      where r.workspace_id = ${workspaceId} and r.campaign_id = d.campaign_id and r.month = d.month
    )
    delete from campaign_counters k using due d
    where k.workspace_id = ${workspaceId} and k.campaign_id = d.campaign_id and k.month = d.month`.execute(
    tx,
  );
  if (counters.length === 0) return;
  const columns = sql.join(FIGURES.map((name) => sql.ref(name)));
  await sql`
    insert into campaign_counters (workspace_id, campaign_id, month, ${columns})
    select ${workspaceId}::uuid, campaign_id, month, ${columns}
    from json_populate_recordset(null::campaign_counters, ${JSON.stringify(counters)}::text::json)`.execute(
    tx,
  );
  const returns = counters.flatMap(({ campaign_id, month, reasons }) =>
    Object.entries(reasons).map(([reason, returned]) => ({ campaign_id, month, reason, returned })),
  );
  await sql`
    insert into campaign_returns (workspace_id, campaign_id, month, reason, returned)
    select ${workspaceId}::uuid, r.campaign_id, r.month, r.reason, r.returned
    from json_populate_recordset(null::campaign_returns, ${JSON.stringify(returns)}::text::json) r`.execute(
    tx,
  );
}

const rowsOf = (wanted: readonly CampaignMonth[]) => sql`
  select w.campaign_id, w.month
  from unnest(${wanted.map(({ campaignId }) => campaignId)}::uuid[], ${wanted.map(({ month }) => month)}::date[])
    as w (campaign_id, month)`;
