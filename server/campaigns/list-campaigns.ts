import { sql } from 'kysely';
import { type CampaignList, type CampaignRow, MAX_CAMPAIGNS } from '../../utils/contract/campaign-report.ts';
import type { Month } from '../../utils/contract/closed-loop.ts';
import { readClosedLoop, sumOf } from '../reports/closed-loop.ts';
import type { Database } from '../store/database.ts';
import { activityJson, campaignDetailsJson } from './campaign-json.ts';
import { earliest, readTouchesAsOf } from './touches-as-of.ts';

/** The workspace's campaigns with their figures of some months, those that began or touched somebody last first. */
export async function listCampaigns(
  db: Database,
  workspaceId: string,
  { from, to }: { from: Month; to: Month },
  now: Date,
): Promise<CampaignList> {
  const touchesAsOf = await readTouchesAsOf(db, workspaceId);
  const report = await readClosedLoop(db, workspaceId, { from, to }, now);
  const figures = new Map(report.campaigns.map((row) => [row.campaign.id, row.figures]));
  const { rows } = await sql<Pick<CampaignRow, 'campaign' | 'activity'> & { total: number }>`
    select k.campaign, k.activity, (count(*) over ())::int as total
    from (
      select ${campaignDetailsJson('list')} as campaign, ${activityJson(workspaceId, now)} as activity,
        greatest(c.starts_at, (
          select max(l.week)::timestamp at time zone 'UTC' from campaign_touches l
          where l.workspace_id = ${workspaceId} and l.campaign_id = c.id)) as latest, c.id
      from campaigns c where c.workspace_id = ${workspaceId}
    ) k
    order by k.latest desc nulls last, k.id desc limit ${MAX_CAMPAIGNS}`.execute(db);
  return {
    from,
    to,
    asOf: earliest(report.asOf, touchesAsOf),
    campaigns: rows.map(({ campaign, activity }) => ({
      campaign,
      activity,
      figures: figures.get(campaign.id) ?? sumOf([]),
    })),
    total: rows[0]?.total ?? 0,
  };
}
