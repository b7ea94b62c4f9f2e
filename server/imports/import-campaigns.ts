import { isDeepStrictEqual } from 'node:util';
import type { Campaign } from '../../utils/contract/campaign.ts';
import { upsertCampaigns } from '../store/campaigns.ts';
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
    await upsertCampaigns(
      tx,
      workspaceId,
      changes.map(({ next }) => next),
    );
    const added = changes.filter(({ isNew }) => isNew).length;
    const updated = changes.length - added;
    return { added, updated, unchanged: rows.length - changes.length, problems: [] };
  },
};
