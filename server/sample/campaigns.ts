import type { CampaignDraft } from './campaign.ts';
import { english } from './campaigns-english.ts';
import { german } from './campaigns-german.ts';

export const campaigns: readonly CampaignDraft[] = [...german, ...english];

/** Throws for an unknown key: a story of the sample names a campaign that does not exist. */
export function campaignOf(key: string): CampaignDraft {
  const campaign = campaigns.find((candidate) => candidate.key === key);
  if (campaign === undefined) throw new Error(`no campaign ${key}`);
  return campaign;
}
