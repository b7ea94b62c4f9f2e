import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import type { Campaign } from '../../utils/contract/campaign.ts';
import type { WriteTransaction } from '../store/database.ts';
import { readCampaignKind } from './cell-values.ts';
import type { KindOfImport } from './import-kind.ts';
import { campaignId, campaignKey, readPresentCampaigns } from './present-campaigns.ts';

/** What a row says of a campaign. */
type GivenCampaign = Partial<Omit<Campaign, 'id'>>;

/** Campaigns: known ones by their name are brought up to date, the others are new. */
export const campaignImport: KindOfImport<GivenCampaign> = {
  read(row) {
    const name = row.text('name', 1_000);
    if (name === undefined && row.problems.length === 0) row.complain('required', 'name');
    const given = {
      name,
      kind: row.value('campaignKind', readCampaignKind, 'unknown-kind'),
      startsAt: row.date('startsAt'),
      endsAt: row.date('endsAt'),
      talkingPoints: row.text('talkingPoints'),
    };
    return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  },

  keys: ({ name = '' }) => [campaignKey(name)],

  async store(tx, { workspaceId }, rows) {
    const present = await readPresentCampaigns(
      tx,
      workspaceId,
      rows.map(({ value }) => value.name ?? ''),
    );
    const changes = rows.flatMap(({ value }) => {
      const { name = '' } = value;
      const stored = present.get(campaignKey(name));
      // As it is spelled already: a campaign is not renamed by another use of capitals.
      const next: Campaign = stored
        ? { ...stored, ...value, name: stored.name }
        : { kind: 'other', ...value, id: campaignId(workspaceId, name), name };
      return isDeepStrictEqual(next, stored) ? [] : [{ next, isNew: !stored }];
    });
    await upsert(
      tx,
      workspaceId,
      changes.map(({ next }) => next),
    );
    const added = changes.filter(({ isNew }) => isNew).length;
    const updated = changes.length - added;
    return { added, updated, unchanged: rows.length - changes.length, problems: [] };
  },
};

async function upsert(
  tx: WriteTransaction,
  workspaceId: string,
  campaigns: readonly Campaign[],
): Promise<void> {
  if (campaigns.length === 0) return;
  const rows = campaigns.map(({ id, name, kind, startsAt, endsAt, talkingPoints }) => ({
    id,
    name,
    kind,
    starts_at: startsAt,
    ends_at: endsAt,
    talking_points: talkingPoints,
  }));
  await sql`
    insert into campaigns (workspace_id, id, name, kind, starts_at, ends_at, talking_points)
    select ${workspaceId}::uuid, r.id, r.name, r.kind, r.starts_at, r.ends_at, r.talking_points
    from json_populate_recordset(null::campaigns, ${JSON.stringify(rows)}::text::json) r
    on conflict (workspace_id, id) do update set kind = excluded.kind, starts_at = excluded.starts_at,
      ends_at = excluded.ends_at, talking_points = excluded.talking_points`.execute(tx);
}
