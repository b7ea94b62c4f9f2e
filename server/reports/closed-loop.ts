import { type RawBuilder, sql } from 'kysely';
import type { ClosedLoopFigures, ClosedLoopReport, Month } from '../../utils/contract/closed-loop.ts';
import type { Database } from '../store/database.ts';
import { instant } from '../store/json.ts';

type Row = ClosedLoopReport['campaigns'][number];

/** The closed loop of some months: one row per campaign of which there is anything to say, and their sums. */
export async function readClosedLoop(
  db: Database,
  workspaceId: string,
  { from, to }: { from: Month; to: Month },
  now: Date,
): Promise<ClosedLoopReport> {
  // First: what is counted in between may only be more than was promised.
  const asOf = await readAsOf(db, workspaceId, now);
  const { rows } = await closedLoopQuery(workspaceId, { from, to }).execute(db);
  return { from, to, campaigns: rows, totals: sumOf(rows), asOf };
}

/** The rows of the report. */
export function closedLoopQuery(
  workspaceId: string,
  { from, to }: { from: Month; to: Month },
): RawBuilder<Row> {
  const months = sql`between ${`${from}-01`}::date and ${`${to}-01`}::date`;
  return sql<Row>`
    select json_build_object('id', c.id, 'name', c.name, 'kind', c.kind) as campaign,
      json_build_object('reached', k.reached, 'engaged', k.engaged, 'mql', k.mql, 'accepted', k.accepted,
        'sql', k.sql, 'opportunity', k.opportunity, 'won', k.won, 'returned', k.returned,
        'returnedByReason', coalesce(r.reasons, '{}'::json), 'slaKept', k.sla_kept, 'slaBroken', k.sla_broken,
        'praise', k.praise) as figures
    from (
      select m.campaign_id, sum(m.reached) as reached, sum(m.engaged) as engaged, sum(m.mql) as mql,
        sum(m.accepted) as accepted, sum(m.sql) as sql, sum(m.opportunity) as opportunity, sum(m.won) as won,
        sum(m.returned) as returned, sum(m.sla_kept) as sla_kept, sum(m.sla_broken) as sla_broken,
        sum(m.praise) as praise
      from campaign_counters m
      where m.workspace_id = ${workspaceId} and m.month ${months}
      group by m.campaign_id
    ) k
    join campaigns c on c.workspace_id = ${workspaceId} and c.id = k.campaign_id
    left join (
      select s.campaign_id, json_object_agg(s.reason, s.returned) as reasons
      from (
        select x.campaign_id, x.reason, sum(x.returned) as returned from campaign_returns x
        where x.workspace_id = ${workspaceId} and x.month ${months}
        group by x.campaign_id, x.reason
      ) s
      group by s.campaign_id
    ) r on r.campaign_id = k.campaign_id
    order by k.reached desc, c.name, c.id`;
}

/** When the oldest change happened that is not counted yet; the present when there is none. */
async function readAsOf(db: Database, workspaceId: string, now: Date): Promise<string> {
  const { rows } = await sql<{ at: string | null }>`
    select ${instant('w.at')} as at
    from (
      select least(
        (select min(x.at) from report_changes x where x.workspace_id = ${workspaceId}),
        (select min(d.since) from due_counters d where d.workspace_id = ${workspaceId}),
        ${now.toISOString()}::timestamptz) as at
    ) w`.execute(db);
  return rows[0]?.at ?? now.toISOString();
}

/** The figures of all rows; of none, nothing at all. */
export function sumOf(rows: readonly Row[]): ClosedLoopFigures {
  const totals: ClosedLoopFigures = {
    reached: 0,
    engaged: 0,
    mql: 0,
    accepted: 0,
    sql: 0,
    opportunity: 0,
    won: 0,
    returned: 0,
    returnedByReason: {},
    slaKept: 0,
    slaBroken: 0,
    praise: 0,
  };
  for (const { figures } of rows) {
    const { returnedByReason, ...counts } = figures;
    for (const name of Object.keys(counts) as (keyof typeof counts)[]) totals[name] += counts[name];
    for (const [reason, count] of Object.entries(returnedByReason)) {
      totals.returnedByReason[reason] = (totals.returnedByReason[reason] ?? 0) + count;
    }
  }
  return totals;
}
