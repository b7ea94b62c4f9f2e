import { type RawBuilder, sql } from 'kysely';
import type { CampaignActivity, CampaignDetails } from '../../utils/contract/campaign-report.ts';
import { instant } from '../store/json.ts';

/** `CampaignDetails` for every row of `campaigns c`; in a list without what may be long. */
export const campaignDetailsJson = (where: 'list' | 'page'): RawBuilder<CampaignDetails> => sql`
  json_strip_nulls(json_build_object(
    'id', c.id, 'name', c.name, 'kind', c.kind, 'startsAt', ${instant('c.starts_at')},
    'endsAt', ${instant('c.ends_at')},
    'cost', case when c.cost is not null then json_build_object('amount', c.cost, 'currency', c.cost_currency) end,
    'goal', ${where === 'page' ? sql`c.goal` : sql`null::text`},
    'talkingPoints', ${where === 'page' ? sql`c.talking_points` : sql`null::text`}))`;

/** `CampaignActivity` for every row of `campaigns c`: one look into an index for each of the two. */
export const activityJson = (workspaceId: string, now: Date): RawBuilder<CampaignActivity> => sql`
  json_strip_nulls(json_build_object(
    'lastWeek', (select max(w.week) from campaign_touches w
      where w.workspace_id = ${workspaceId} and w.campaign_id = c.id and w.touches > 0),
    'nextAt', (select ${instant('n.at')} from planned_touches n
      where n.workspace_id = ${workspaceId} and n.campaign_id = c.id and not n.cancelled
        and n.at > ${now.toISOString()}::timestamptz
      order by n.at limit 1)))`;
