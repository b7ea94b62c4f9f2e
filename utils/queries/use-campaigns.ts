import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CampaignPatch } from '../contract/campaign-report.ts';
import type { Month } from '../contract/closed-loop.ts';
import { hub } from './hub.ts';
import { keys } from './keys.ts';
import { unwrap } from './unwrap.ts';

/** Figures are counted soon after what changes them; whoever looks longer sees them follow. */
const POLL_MS = 30_000;

/** The months that figures are of. */
export interface Period {
  from: Month;
  to: Month;
}

/** The workspace's campaigns with their figures, those that did something last first. */
export const useCampaigns = (period: Period) =>
  useQuery({
    queryKey: keys.campaignList(period),
    queryFn: async () => unwrap(await hub.campaigns({ query: period })),
    refetchInterval: POLL_MS,
    // The list stays while the figures of another period are on their way.
    placeholderData: (before) => before,
  });

/** Everything about one campaign. */
export const useCampaign = (id: string, period: Period) =>
  useQuery({
    queryKey: keys.campaign(id, period),
    queryFn: async () => unwrap(await hub.campaign({ params: { id }, query: period })),
    refetchInterval: POLL_MS,
    placeholderData: (before) => before,
  });

/** Says what a campaign aims at, costs, and what there is to say about it. Fails with a `FailureError`. */
export function usePatchCampaign(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: CampaignPatch) => unwrap(await hub.patchCampaign({ params: { id }, body })),
    onSettled: () => client.invalidateQueries({ queryKey: keys.campaigns }),
  });
}
