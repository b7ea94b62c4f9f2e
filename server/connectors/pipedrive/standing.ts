import { z } from 'zod';
import { remember } from '../remember.ts';
import { type Io, orIfForbidden, readAll, readAllOld, readOldPage, timeOf } from './api.ts';
import { leadLabels, stageNames } from './names.ts';

export const Deal = z.object({
  id: z.int(),
  person_id: z.int().nullish(),
  stage_id: z.int().nullish(),
  update_time: z.string().nullish(),
});
export const Lead = z.object({
  id: z.string(),
  person_id: z.int().nullish(),
  label_ids: z.array(z.string()).nullish(),
  source_name: z.string().nullish(),
  channel: z.union([z.int(), z.string()]).nullish(),
  channel_id: z.string().nullish(),
  add_time: z.string(),
  update_time: z.string().nullish(),
});
export type Deal = z.output<typeof Deal>;
export type Lead = z.output<typeof Lead>;

interface Asked {
  id: number;
  open_deals_count?: number | null | undefined;
  won_deals_count?: number | null | undefined;
  lost_deals_count?: number | null | undefined;
}
type By<T> = ReadonlyMap<number, readonly T[]>;

/**
 * For more people than these all open deals and leads cost less than those of each: a person's are 30 tokens of the day's
 * allowance, and so are five hundred of both.
 */
const FEW = 5;

/**
 * How far sales is with each, and their leads. Pipedrive's persons have no status. What sales works with is the stage of
 * the deal, and before there is a deal the label of the lead (as delivered: hot, warm, cold); when there is neither any
 * more, how the last deal ended: `won` or `lost`. Of several open deals the one that was changed last counts.
 */
export async function standings(
  io: Io,
  people: readonly Asked[],
  isHistory: boolean,
): Promise<(person: Asked) => { status: string | undefined; leads: readonly Lead[] }> {
  const isMany = isHistory || people.length > FEW;
  const withDeals = people.filter(({ open_deals_count: count }) => count !== 0);
  const deals = await groupOf(withDeals, isMany, {
    all: () => remember(io, 'deals', async () => byPerson(await openDeals(io))),
    one: (person_id) => openDeals(io, { person_id }),
  });
  const leads = await groupOf(people, isMany, {
    all: () => remember(io, 'leads', async () => byPerson(await presentLeads(io))),
    one: (person_id) => presentLeads(io, { person_id }),
  });
  const stages = deals.size > 0 ? await stageNames(io) : new Map<number, string>();
  const labels = leads.size > 0 ? await leadLabels(io) : new Map<string, string>();
  return (person) => {
    const theirs = leads.get(person.id) ?? [];
    const stage = stages.get(latest(deals.get(person.id) ?? [])?.stage_id ?? 0);
    const label = labels.get(latest(theirs)?.label_ids?.[0] ?? '');
    return { status: stage ?? label ?? ending(person), leads: theirs };
  };
}

const openDeals = (io: Io, query: { person_id?: number } = {}) =>
  orIfForbidden(readAll(io, '/deals', Deal, { status: 'open', ...query }), []);
const presentLeads = (io: Io, query: { person_id?: number } = {}) =>
  orIfForbidden(readAllOld(io, '/leads', Lead, query), []);

/**
 * Leads that were changed since. They are asked for twice in a row, for whom they are about and for what they say of the
 * web, and cost twice what other lists do.
 */
export const changedLeads = (io: Io, since: Date, start: number) =>
  remember(io, `leads since ${timeOf(since)} from ${String(start)}`, () =>
    readOldPage(io, '/leads', Lead, { updated_since: timeOf(since), start }),
  );

async function groupOf<T>(
  people: readonly Asked[],
  isMany: boolean,
  { all, one }: { all: () => Promise<By<T>>; one: (person: number) => Promise<T[]> },
): Promise<By<T>> {
  if (people.length === 0) return new Map();
  if (isMany) return all();
  const found = new Map<number, T[]>();
  for (const { id } of people) {
    const theirs = await one(id);
    if (theirs.length > 0) found.set(id, theirs);
  }
  return found;
}

function byPerson<T extends { id: number | string; person_id?: number | null | undefined }>(
  rows: readonly T[],
): By<T> {
  const groups = new Map<number, T[]>();
  // Pages overlap.
  for (const row of new Map(rows.map((one) => [one.id, one])).values())
    if (row.person_id != null) groups.set(row.person_id, [...(groups.get(row.person_id) ?? []), row]);
  return groups;
}

function latest<T extends { update_time?: string | null | undefined }>(rows: readonly T[]): T | undefined {
  return rows.toSorted((one, other) => (one.update_time ?? '').localeCompare(other.update_time ?? '')).at(-1);
}

function ending({ won_deals_count: won, lost_deals_count: lost }: Asked): 'won' | 'lost' | undefined {
  if ((won ?? 0) > 0) return 'won';
  return (lost ?? 0) > 0 ? 'lost' : undefined;
}
