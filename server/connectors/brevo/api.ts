import { createHash } from 'node:crypto';
import { z } from 'zod';
import { cleanText } from '../clean-values.ts';
import type { SourceIo } from '../connector.ts';
import { knownNames } from '../known-names.ts';

export interface BrevoSettings {
  apiKey: string;
  statusAttribute?: string | undefined;
}
export type BrevoIo = SourceIo<BrevoSettings>;

export const CAMPAIGNS_PAGE = 100;
const LISTS_PAGE = 50;

/** `2026-03-02 08:00:00+00:00` or ISO 8601; undefined: none, or none that can be read. */
export const instant = (text: string | null | undefined): string | undefined => {
  const date = new Date((text ?? '').replace(' ', 'T'));
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
};

/** So that no id of the hub's holds an address. */
export const digest = (...parts: string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24);

const Ids = z
  .array(z.number())
  .nullish()
  .transform((ids) => ids ?? []);

export const Campaign = z.object({
  id: z.number(),
  name: z.string(),
  subject: z.string().nullish(),
  status: z.string(),
  scheduledAt: z.string().nullish(),
  sentDate: z.string().nullish(),
  recipients: z.object({ lists: Ids, exclusionLists: Ids }).nullish(),
});
export type Campaign = z.output<typeof Campaign>;

/** As much of it as webhooks tell. */
export type NamedCampaign = Omit<Campaign, 'status' | 'recipients'>;

export const campaignName = ({ id, name }: NamedCampaign): string => cleanText(name) ?? `#${String(id)}`;

/** A page of campaigns, the oldest first; of these there are 100 requests per hour, for everybody together. */
export async function readCampaigns(
  io: BrevoIo,
  { offset, ...filter }: { offset: number; status?: string; startDate?: string; endDate?: string },
): Promise<{ campaigns: Campaign[]; isLast: boolean; total: number }> {
  const { body } = await io.request('/emailCampaigns', {
    query: { ...filter, offset, limit: CAMPAIGNS_PAGE, sort: 'asc', excludeHtmlContent: true },
    // Without any it leaves the list out.
    schema: z.object({ campaigns: z.array(Campaign).default([]), count: z.number().default(0) }),
  });
  return {
    campaigns: body.campaigns,
    isLast: body.campaigns.length < CAMPAIGNS_PAGE,
    total: body.count,
  };
}

/** Those that wait for their time, by id in ascending order. */
export const queuedCampaigns = (io: BrevoIo): Promise<ReadonlyMap<string, Campaign>> =>
  knownNames(io, 'queued', ['all'], () => allCampaigns(io, 'queued'));

/** All campaigns, or all in a state, by id. */
export async function allCampaigns(io: BrevoIo, status?: string): Promise<Map<string, Campaign>> {
  const all = new Map<string, Campaign>();
  for (let offset = 0; ; offset += CAMPAIGNS_PAGE) {
    const { campaigns, isLast } = await readCampaigns(io, {
      offset,
      ...(status !== undefined && { status }),
    });
    for (const campaign of campaigns) all.set(String(campaign.id), campaign);
    if (isLast) return all;
  }
}

/** The names of contact lists by id. */
export const listNames = (io: BrevoIo, ids: Iterable<number>): Promise<ReadonlyMap<string, string>> =>
  knownNames(io, 'lists', [...ids].map(String), async () => {
    const names = new Map<string, string>();
    for (let offset = 0; ; offset += LISTS_PAGE) {
      const { body } = await io.request('/contacts/lists', {
        query: { offset, limit: LISTS_PAGE, sort: 'asc' },
        schema: z.object({ lists: z.array(z.object({ id: z.number(), name: z.string() })).default([]) }),
      });
      for (const { id, name } of body.lists) names.set(String(id), name);
      if (body.lists.length < LISTS_PAGE) return names;
    }
  });
