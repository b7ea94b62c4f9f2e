import type { Campaign } from '../contract/campaign.ts';
import type { Touchpoint } from '../contract/touchpoint.ts';

export interface CampaignGroup {
  /** `null`: touchpoints of no campaign, or of one the hub did not name. */
  campaign: Campaign | null;
  /** Newest first. */
  touchpoints: Touchpoint[];
}

/** Touchpoints by campaign; the group with the newest activity comes first, each group newest first. */
export function groupByCampaign(
  touchpoints: readonly Touchpoint[],
  campaigns: readonly Campaign[],
): CampaignGroup[] {
  const named = new Map(campaigns.map((campaign) => [campaign.id, campaign]));
  const newestFirst = touchpoints.toSorted((a, b) => b.occurredAt.localeCompare(a.occurredAt));
  const groups = new Map<Campaign | null, Touchpoint[]>();
  for (const touchpoint of newestFirst) {
    const campaign = (touchpoint.campaignId && named.get(touchpoint.campaignId)) || null;
    const group = groups.get(campaign);
    if (group) group.push(touchpoint);
    else groups.set(campaign, [touchpoint]);
  }
  // A Map keeps the order of first insertion, which is that of the newest touchpoint.
  return Array.from(groups, ([campaign, members]) => ({ campaign, touchpoints: members }));
}
