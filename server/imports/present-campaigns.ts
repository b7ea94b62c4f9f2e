import { sql } from 'kysely';
import { v5 as uuidv5 } from 'uuid';
import type { Campaign } from '../../utils/contract/campaign.ts';
import type { WriteTransaction } from '../store/database.ts';
import { instant } from '../store/json.ts';

/** Spelling apart from case and spaces tells campaigns from each other. */
export const campaignKey = (name: string): string => name.trim().toLowerCase().replaceAll(/\s+/gu, ' ');

/** The id of a new campaign of this name: the same in whatever file. */
export const campaignId = (workspaceId: string, name: string): string =>
  uuidv5(`campaign ${campaignKey(name)}`, workspaceId);

/** The stored campaigns of these names, by `campaignKey`. */
export async function readPresentCampaigns(
  tx: WriteTransaction,
  workspaceId: string,
  names: readonly string[],
): Promise<Map<string, Campaign>> {
  const keys = [...new Set(names.map(campaignKey))];
  if (keys.length === 0) return new Map();
  const { rows } = await sql<{ campaign: Campaign }>`
    select json_strip_nulls(json_build_object('id', c.id, 'name', c.name, 'kind', c.kind,
      'startsAt', ${instant('c.starts_at')}, 'endsAt', ${instant('c.ends_at')},
      'talkingPoints', c.talking_points)) as campaign
    from campaigns c
    where c.workspace_id = ${workspaceId}
      and regexp_replace(lower(trim(c.name)), '[[:space:]]+', ' ', 'g') = any(${keys}::text[])
    order by c.id desc`.execute(tx);
  return new Map(rows.map(({ campaign }) => [campaignKey(campaign.name), campaign]));
}
