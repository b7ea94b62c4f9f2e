import { defined } from '../clean-values.ts';
import type { Cursor, Page, SourceCampaign } from '../connector.ts';
import {
  type BrevoIo,
  campaignName,
  CAMPAIGNS_PAGE,
  instant,
  type NamedCampaign,
  readCampaigns,
} from './api.ts';

/**
 * E-mail campaigns. Once all were read, those that went out since: there is no asking for what was changed, and what is
 * still to go out comes with the planned touches.
 */
export async function pullCampaigns(
  io: BrevoIo,
  { since, cursor }: { since: Date | null; cursor: Cursor | null },
): Promise<Page<SourceCampaign>> {
  const offset = Number(cursor?.['offset'] ?? 0);
  // Of the first page: were the span to grow from page to page, the pages would move.
  const endDate = String(cursor?.['until'] ?? io.now().toISOString());
  const { campaigns, isLast, total } = await readCampaigns(io, {
    offset,
    ...(since && { status: 'sent', startDate: since.toISOString(), endDate }),
  });
  return {
    items: campaigns.filter(({ status }) => status !== 'draft').map(toCampaign),
    next: isLast ? null : { offset: offset + CAMPAIGNS_PAGE, until: endDate },
    total,
  };
}

export const toCampaign = (campaign: NamedCampaign): SourceCampaign => ({
  sourceId: String(campaign.id),
  name: campaignName(campaign),
  kind: 'mail',
  ...defined({ startsAt: instant(campaign.sentDate ?? campaign.scheduledAt) }),
});
