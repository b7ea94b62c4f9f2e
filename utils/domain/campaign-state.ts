import type { Campaign } from '../contract/campaign.ts';
import type { CampaignActivity } from '../contract/campaign-report.ts';

const DAY = 86_400_000;
/** Who has touched nobody for so long, and has nothing planned, is over although nobody said so. */
const QUIET_MS = 28 * DAY;

export const campaignStates = ['running', 'planned', 'over'] as const;
export type CampaignState = (typeof campaignStates)[number];

/** Whether a campaign runs. Sources often say no end: then what it did last and what is due tell. */
export function campaignState(
  { startsAt, endsAt }: Pick<Campaign, 'startsAt' | 'endsAt'>,
  { lastWeek, nextAt }: CampaignActivity,
  now: number,
): CampaignState {
  if (endsAt !== undefined && Date.parse(endsAt) < now) return 'over';
  if (startsAt !== undefined && Date.parse(startsAt) > now) return 'planned';
  if (lastWeek === undefined) return nextAt !== undefined || endsAt !== undefined ? 'planned' : 'over';
  // The week counts up to its end.
  const isActive = Date.parse(lastWeek) + 7 * DAY + QUIET_MS > now;
  return isActive || nextAt !== undefined || endsAt !== undefined ? 'running' : 'over';
}
