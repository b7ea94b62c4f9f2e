import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { AttributionModelId, FiguresQuery } from '../contract/figures.ts';
import type { ReportPeriod } from '../domain/report-period.ts';
import { hub } from './hub.ts';
import { keys } from './keys.ts';
import { unwrap } from './unwrap.ts';

/** Figures are read calmly: a minute is soon enough, and an import would change them all the time. */
const POLL_MS = 60_000;
/** What is on the screen stays until the answer to another choice is there, so that nothing jumps. */
const calmly = {
  refetchInterval: POLL_MS,
  refetchIntervalInBackground: false,
  placeholderData: keepPreviousData,
} as const;

/** The figures of the agreement, with funnel, cohorts and reasons. */
export const useFigures = (query: FiguresQuery) =>
  useQuery({
    queryKey: keys.figures(query),
    queryFn: async () => unwrap(await hub.figures({ query })),
    ...calmly,
  });

/** Which campaigns the wins are owed to. */
export const useAttribution = ({ from, to }: ReportPeriod, model: AttributionModelId) =>
  useQuery({
    queryKey: keys.attribution({ from, to }, model),
    queryFn: async () => unwrap(await hub.attribution({ query: { from, to, model } })),
    ...calmly,
  });

/** What came of each campaign. */
export const useClosedLoop = ({ from, to }: ReportPeriod) =>
  useQuery({
    queryKey: keys.closedLoop({ from, to }),
    queryFn: async () => unwrap(await hub.closedLoop({ query: { from, to } })),
    ...calmly,
  });
