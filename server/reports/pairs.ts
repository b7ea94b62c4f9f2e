import { type RawBuilder, sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { ENGAGING_KINDS } from '../../utils/domain/engaging-kinds.ts';
import type { WriteTransaction } from '../store/database.ts';
import { markFigures } from './mark-reports.ts';

/** The month of a time column, in UTC, as its first day. */
export const monthOf = (column: string): RawBuilder<string> =>
  sql`date_trunc('month', ${sql.ref(column)} at time zone 'UTC')::date`;

/** Whether a row of `touchpoints t` is something that the person did. */
export const engages = sql<boolean>`(not t.machine and t.kind in (${sql.join(ENGAGING_KINDS.map((kind) => sql.lit(kind)))}))`;

/**
 * The steps of a `with` that store what has changed of the pairs of campaigns and people, and mark the counters that
 * follow from them. They read it from a step `diff (person_id, campaign_id, month, engaged, old_month)`, in which
 * `month` is null where the pair is no more, and `old_month` where it is new.
 */
export function pairSteps(workspaceId: string, now: Date): RawBuilder<unknown> {
  return sql`
    stored_pairs as (
      insert into person_campaigns (workspace_id, person_id, campaign_id, month, engaged)
      select ${workspaceId}::uuid, d.person_id, d.campaign_id, d.month, d.engaged
      from diff d where d.month is not null
      on conflict (workspace_id, person_id, campaign_id) do update
        set month = excluded.month, engaged = excluded.engaged
    ),
    marked as (
      insert into report_changes (workspace_id, id, at, campaign_ids, months)
      select ${workspaceId}::uuid, ${uuid()}::uuid, ${now.toISOString()}::timestamptz,
        array_agg(m.campaign_id), array_agg(m.month)
      from (
        select d.campaign_id, d.month from diff d where d.month is not null
        union select d.campaign_id, d.old_month from diff d where d.old_month is not null
      ) m
      having count(*) > 0
    )`;
}

/**
 * Makes the pairs of these people anew from their touchpoints; who is archived has none, and who was erased keeps
 * theirs. Call it in the transaction that took touchpoints away, gave them to somebody else or marked them as a
 * machine's, with the people locked. What is stored by `storeTouchpoints` needs no call.
 */
export async function refreshPairs(
  tx: WriteTransaction,
  workspaceId: string,
  personIds: readonly string[],
  now: Date,
): Promise<void> {
  await makePairs(tx, workspaceId, personIds, now);
  await markFigures(tx, workspaceId, personIds, now);
}

/**
 * The same, for who makes anew by themselves what else follows from touchpoints.
 *
 * @returns how many pairs were not as they should be.
 */
export async function makePairs(
  tx: WriteTransaction,
  workspaceId: string,
  personIds: readonly string[],
  now: Date,
): Promise<number> {
  if (personIds.length === 0) return 0;
  const ids = [...new Set(personIds)];
  const { rows } = await sql<{ changed: number }>`
    with asked as materialized (
      select p.id from people p
      where p.workspace_id = ${workspaceId} and p.id = any(${ids}::uuid[]) and p.archived_at is null
    ),
    wanted as (
      select t.person_id, t.campaign_id, ${monthOf('first_at')} as month, engaged
      from (
        select t.person_id, t.campaign_id, min(t.occurred_at) as first_at, bool_or(${engages}) as engaged
        from touchpoints t
        where t.workspace_id = ${workspaceId} and t.campaign_id is not null
          and t.person_id in (select a.id from asked a)
        group by t.person_id, t.campaign_id
      ) t
    ),
    known as (
      select c.person_id, c.campaign_id, c.month, c.engaged from person_campaigns c
      where c.workspace_id = ${workspaceId} and c.person_id = any(${ids}::uuid[])
        and not exists (select 1 from people e
          where e.workspace_id = ${workspaceId} and e.id = c.person_id and e.erased)
    ),
    diff as (
      select person_id, campaign_id, w.month, w.engaged, k.month as old_month
      from wanted w full join known k using (person_id, campaign_id)
      where (w.month, w.engaged) is distinct from (k.month, k.engaged)
    ),
    gone as (
      delete from person_campaigns g
      where g.workspace_id = ${workspaceId}
        and (g.person_id, g.campaign_id) in (select d.person_id, d.campaign_id from diff d where d.month is null)
    ),
    ${pairSteps(workspaceId, now)}
    select count(*)::int as changed from diff`.execute(tx);
  return rows[0]?.changed ?? 0;
}
