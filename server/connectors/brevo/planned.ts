import { cleanText } from '../clean-values.ts';
import type { Cursor, Page, SourcePlannedTouch } from '../connector.ts';
import { type BrevoIo, type Campaign, campaignName, instant, queuedCampaigns } from './api.ts';
import { toCampaign } from './campaigns.ts';
import { type Contact, emailOf, readContacts } from './contacts.ts';
import { positionOf } from './people.ts';

const PAGE = 1_000;

/**
 * Campaigns that wait for their time, for the contacts of their lists: one campaign after the other, and of each one
 * list after the other. Campaigns to segments are left out: Brevo does not say which segments they go to.
 */
export async function pullPlanned(
  io: BrevoIo,
  { cursor }: { since: Date | null; cursor: Cursor | null },
): Promise<Page<SourcePlannedTouch>> {
  const queued = [...(await queuedCampaigns(io)).values()].toSorted((one, other) => one.id - other.id);
  const from = Number(cursor?.['campaign'] ?? 0);
  const campaign = queued.find(({ id }) => id >= from);
  if (!campaign) return { items: [], next: null };
  // The one before was sent in the meantime.
  const isOther = campaign.id !== from;
  const index = isOther ? 0 : Number(cursor?.['list'] ?? 0);
  const listIds = campaign.recipients?.lists[index];
  const at = instant(campaign.scheduledAt);
  if (listIds === undefined || at === undefined || new Date(at) < io.now()) {
    return { items: [], next: { campaign: campaign.id + 1 } };
  }
  const { contacts, next } = await readContacts(io, positionOf(isOther ? null : cursor), {
    limit: PAGE,
    listIds,
  });
  return {
    items: contacts
      .filter((contact) => isWrittenTo(contact, campaign))
      .map(({ id }) => planned(id, campaign, at)),
    next: next ? { campaign: campaign.id, list: index, ...next } : { campaign: campaign.id, list: index + 1 },
  };
}

function isWrittenTo(contact: Contact, { recipients }: Campaign): boolean {
  const excluded = recipients?.exclusionLists ?? [];
  const isExcluded = contact.listIds.some((id) => excluded.includes(id));
  return !contact.emailBlacklisted && !isExcluded && emailOf(contact) !== undefined;
}

const planned = (id: number, campaign: Campaign, at: string): SourcePlannedTouch => ({
  // The same from each of the campaign's lists: nobody receives it twice.
  sourceId: `campaign/${String(campaign.id)}/${String(id)}`,
  title: cleanText(campaign.subject) ?? campaignName(campaign),
  at,
  editableUntil: at,
  channel: 'email',
  cancelled: false,
  person: { record: { type: 'contact', id: String(id) } },
  campaign: toCampaign(campaign),
});
