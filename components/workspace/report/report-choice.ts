import { AttributionModelId, FiguresQuery, ReachedStage } from '../../../utils/contract/figures.ts';
import { presetPeriods, type ReportPeriod } from '../../../utils/domain/report-period.ts';
import { type Address, setQuery } from '../address.ts';

export const sortKeys = ['reached', 'mql', 'accepted', 'won'] as const;
export type SortKey = (typeof sortKeys)[number];

/** What the address says the report is about. */
export interface ReportChoice {
  query: FiguresQuery & ReportPeriod;
  model: AttributionModelId;
  /** Of the cohorts. */
  stage: ReachedStage;
  /** Of the campaigns, most first. */
  sort: SortKey;
}

const filters = ['campaignId', 'ownerId', 'country', 'rule'] as const;
export type FilterName = (typeof filters)[number];

/** What cannot be understood counts as not said: an address may have been written by hand. */
export function choiceOf({ query }: Address, now: number): ReportChoice {
  const { from, to, ...rest } = queryIn(query);
  return {
    query: { ...rest, ...(from && to ? { from, to } : presetPeriods(now).lastYear) },
    model: AttributionModelId.safeParse(query.get('model')).data ?? 'linear',
    stage: ReachedStage.safeParse(query.get('stage')).data ?? 'sal',
    sort: sortKeys.find((key) => key === query.get('sort')) ?? 'won',
  };
}

function queryIn(query: URLSearchParams): FiguresQuery {
  const { from, to, ...filters } = Object.fromEntries(
    Object.entries(FiguresQuery.shape)
      .map(([name, schema]) => [name, schema.safeParse(query.get(name) ?? undefined).data] as const)
      .filter(([, value]) => value !== undefined),
  );
  return FiguresQuery.safeParse({ from, to, ...filters }).data ?? filters;
}

/** Puts choices into the address; '' removes one. */
export function choose(address: Address, changes: Readonly<Record<string, string>>): void {
  const query = new URLSearchParams(address.query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') query.delete(name);
    else query.set(name, value);
  }
  setQuery(address, query);
}

/** The filters besides the period that are set. */
export const filtersOf = (query: FiguresQuery): FilterName[] =>
  filters.filter((name) => query[name] !== undefined);

export const noFilters: Readonly<Record<FilterName, ''>> = {
  campaignId: '',
  ownerId: '',
  country: '',
  rule: '',
};
