import { z } from 'zod';
import type { Pull, SourceCampaign } from '../connector.ts';
import { instantOf, Paging, Properties, textOf, unlessNotGranted } from './answers.ts';
import type { Settings } from './settings.ts';

const PAGE_SIZE = 100;
const Campaigns = z.object({
  total: z.int().optional(),
  results: z.array(z.object({ id: z.string(), updatedAt: z.string().nullish(), properties: Properties })),
  paging: Paging,
});
const Position = z.object({ after: z.string() });

/**
 * Campaigns with their names, dates and notes. They cannot be asked for by their change, so all are read each time: an
 * account has some hundred. Accounts whose plan has no campaigns have none here.
 */
export const pullCampaigns: Pull<Settings, SourceCampaign> = async (io, { since, cursor }) => {
  const answer = await unlessNotGranted(
    io.request('/marketing/v3/campaigns', {
      query: {
        limit: PAGE_SIZE,
        after: Position.safeParse(cursor).data?.after,
        properties: 'hs_name,hs_start_date,hs_end_date,hs_notes',
      },
      schema: Campaigns,
    }),
  );
  if (!answer) return { items: [], next: null };
  const { results, paging, total } = answer.body;
  const changed = results.filter(
    ({ updatedAt }) => Date.parse(instantOf(updatedAt) ?? '') >= (since?.getTime() ?? 0) || !updatedAt,
  );
  const after = paging?.next?.after;
  return {
    items: changed.flatMap(campaignOf),
    next: after === undefined ? null : { after },
    ...(total !== undefined && since === null && { total }),
  };
};

function campaignOf({ id, properties }: z.infer<typeof Campaigns>['results'][number]): SourceCampaign[] {
  const name = textOf(properties, 'hs_name');
  const startsAt = instantOf(properties['hs_start_date']);
  const endsAt = instantOf(properties['hs_end_date']);
  const talkingPoints = textOf(properties, 'hs_notes');
  if (name === undefined) return [];
  return [
    {
      sourceId: id,
      name,
      // A campaign of HubSpot's has mails, forms, ads and pages all in one.
      kind: 'other',
      ...(startsAt !== undefined && { startsAt }),
      ...(endsAt !== undefined && { endsAt }),
      ...(talkingPoints !== undefined && { talkingPoints: talkingPoints.slice(0, 20_000) }),
    },
  ];
}
