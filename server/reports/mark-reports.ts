import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { WriteTransaction } from '../store/database.ts';
import { monthOf } from './pairs.ts';

/**
 * Remembers that the figures of the campaigns that touched these people have to be made anew. Call it in the
 * transaction that changed what a report counts of them, with the people locked: then no pair is added meanwhile.
 */
export async function markPeople(
  tx: WriteTransaction,
  workspaceId: string,
  personIds: readonly string[],
  now: Date,
): Promise<void> {
  if (personIds.length === 0) return;
  await sql`
    insert into report_changes (workspace_id, id, at, campaign_ids, months)
    select ${workspaceId}::uuid, ${uuid()}::uuid, ${now.toISOString()}::timestamptz,
      array_agg(m.campaign_id), array_agg(m.month)
    from (
      select distinct c.campaign_id, c.month from person_campaigns c
      where c.workspace_id = ${workspaceId} and c.person_id = any(${[...new Set(personIds)]}::uuid[])
    ) m
    having count(*) > 0`.execute(tx);
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
