import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { WriteTransaction } from '../store/database.ts';
import { monthOf } from './pairs.ts';

/**
 * Remembers that the figures of the campaigns that touched these people have to be made anew, and those of the
 * agreement with what their hand-overs and wins count as. Call it in the transaction that changed what a report counts
 * of them, with the people locked: then no pair is added meanwhile.
 */
export async function markPeople(
  tx: WriteTransaction,
  workspaceId: string,
  personIds: readonly string[],
  now: Date,
): Promise<void> {
  if (personIds.length === 0) return;
  const ids = [...new Set(personIds)];
  await sql`
    insert into report_changes (workspace_id, id, at, campaign_ids, months)
    select ${workspaceId}::uuid, ${uuid()}::uuid, ${now.toISOString()}::timestamptz,
      array_agg(m.campaign_id), array_agg(m.month)
    from (
      select distinct c.campaign_id, c.month from person_campaigns c
      where c.workspace_id = ${workspaceId} and c.person_id = any(${ids}::uuid[])
    ) m
    having count(*) > 0`.execute(tx);
  await markFigures(tx, workspaceId, ids, now);
}

/**
 * Remembers that the figures of the agreement have to be made anew for these people, after anything about them has
 * changed that these are made of, what they did included.
 */
export async function markFigures(
  tx: WriteTransaction,
  workspaceId: string,
  ids: readonly string[],
  now: Date,
): Promise<void> {
  // Whoever was never handed over nor won counts as nothing: sources bring very many of those.
  await sql`
    insert into report_changes (workspace_id, id, at, campaign_ids, months, person_ids)
    select ${workspaceId}::uuid, ${uuid()}::uuid, ${now.toISOString()}::timestamptz, '{}', '{}', array_agg(p.id)
    from people p
    where p.workspace_id = ${workspaceId} and p.id = any(${ids}::uuid[]) and not p.erased
      and (
        exists (select 1 from stage_events v
          where v.workspace_id = ${workspaceId} and v.person_id = p.id and v.to_stage = 'customer')
        or exists (select 1 from hand_overs h where h.workspace_id = ${workspaceId} and h.person_id = p.id)
        or exists (select 1 from wins w where w.workspace_id = ${workspaceId} and w.person_id = p.id)
        or exists (select 1 from hand_over_facts f where f.workspace_id = ${workspaceId} and f.person_id = p.id))
    having count(*) > 0`.execute(tx);
}

/** The same after the country of people was changed, by which hand-overs are counted. */
export async function markCountries(
  tx: WriteTransaction,
  workspaceId: string,
  personIds: readonly string[],
  now: Date,
): Promise<void> {
  await sql`
    insert into report_changes (workspace_id, id, at, campaign_ids, months, person_ids)
    select ${workspaceId}::uuid, ${uuid()}::uuid, ${now.toISOString()}::timestamptz, '{}', '{}',
      array_agg(distinct f.person_id)
    from hand_over_facts f
    join people p on p.workspace_id = ${workspaceId} and p.id = f.person_id
    where f.workspace_id = ${workspaceId} and f.person_id = any(${personIds}::uuid[])
      and f.country <> coalesce(p.country, '')
    having count(*) > 0`.execute(tx);
}

/** Remembers that these months of the agreement's figures have to be counted anew. */
export async function markMonths(
  tx: WriteTransaction,
  workspaceId: string,
  months: readonly string[],
  since: Date,
): Promise<void> {
  if (months.length === 0) return;
  await sql`
    insert into report_changes (workspace_id, id, at, campaign_ids, months, figure_months)
    values (${workspaceId}, ${uuid()}, ${since.toISOString()}, '{}', '{}', ${months}::date[])`.execute(tx);
}

/** The same after feedback was given or withdrawn, as far as it is about a campaign. */
export async function markFeedback(
  tx: WriteTransaction,
  workspaceId: string,
  feedbackIds: readonly string[],
  now: Date,
): Promise<void> {
  await sql`
    insert into report_changes (workspace_id, id, at, campaign_ids, months)
    select ${workspaceId}::uuid, ${uuid()}::uuid, ${now.toISOString()}::timestamptz,
      array_agg(m.campaign_id), array_agg(m.month)
    from (
      select distinct f.campaign_id, ${monthOf('f.at')} as month from feedback f
      where f.workspace_id = ${workspaceId} and f.id = any(${feedbackIds}::uuid[]) and f.about_kind = 'campaign'
    ) m
    having count(*) > 0`.execute(tx);
}
