import { sql } from 'kysely';
import type { Campaign } from '../../utils/contract/campaign.ts';
import type { WriteTransaction } from './database.ts';

/**
 * Stores campaigns or brings them up to date, by id. Talking points are marketing's own: who has none to give leaves
 * them as they are.
 *
 * @returns how many are new or changed.
 */
export async function upsertCampaigns(
  tx: WriteTransaction,
  workspaceId: string,
  campaigns: readonly Campaign[],
): Promise<number> {
  if (campaigns.length === 0) return 0;
  const rows = campaigns.map(({ id, name, kind, startsAt, endsAt, talkingPoints }) => ({
    id,
    name,
    kind,
    starts_at: startsAt,
    ends_at: endsAt,
    talking_points: talkingPoints,
  }));
  const { numAffectedRows } = await sql`
    insert into campaigns as c (workspace_id, id, name, kind, starts_at, ends_at, talking_points)
    select ${workspaceId}::uuid, r.id, r.name, r.kind, r.starts_at, r.ends_at, r.talking_points
    from json_populate_recordset(null::campaigns, ${JSON.stringify(rows)}::text::json) r
    on conflict (workspace_id, id) do update set name = excluded.name, kind = excluded.kind,
      starts_at = excluded.starts_at, ends_at = excluded.ends_at,
      talking_points = coalesce(excluded.talking_points, c.talking_points)
    where (c.name, c.kind, c.starts_at, c.ends_at, c.talking_points) is distinct from (excluded.name, excluded.kind,
      excluded.starts_at, excluded.ends_at, coalesce(excluded.talking_points, c.talking_points))`.execute(tx);
  return Number(numAffectedRows ?? 0);
}
