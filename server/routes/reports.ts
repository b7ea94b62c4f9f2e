import type { Month } from '../../utils/contract/closed-loop.ts';
import { MAX_MONTHS } from '../../utils/contract/figures.ts';
import { monthAfter, type ReportPeriod } from '../../utils/domain/report-period.ts';
import type { Handlers } from '../operation.ts';
import { readAttribution } from '../reports/attribution.ts';
import { readClosedLoop } from '../reports/closed-loop.ts';
import { readFigures } from '../reports/figures-report.ts';

export const reportHandlers: Pick<Handlers, 'closedLoop' | 'figures' | 'attribution'> = {
  closedLoop: ({ db, session: { workspaceId }, query, now }) =>
    readClosedLoop(db, workspaceId, periodOf(query, now), now),

  figures: ({ db, session: { workspaceId }, query, now }) => {
    const { campaignId, ownerId, country, rule } = query;
    const period = shortened(periodOf(query, now), query.from);
    return readFigures(db, workspaceId, period, { campaignId, ownerId, country, rule }, now);
  },

  attribution: ({ db, session: { workspaceId }, query, now }) =>
    readAttribution(db, workspaceId, shortened(periodOf(query, now), query.from), query.model, now),
};

/** From a first month that was asked for alone, as far as a report goes. */
function shortened({ from, to }: ReportPeriod, asked: Month | undefined): ReportPeriod {
  const last = monthAfter(from, MAX_MONTHS - 1);
  return { from, to: asked !== undefined && last < to ? last : to };
}

/** The months that are asked for; by default the last twelve. */
export function periodOf(
  query: { from?: Month | undefined; to?: Month | undefined },
  now: Date,
): ReportPeriod {
  const present = now.toISOString().slice(0, 7);
  const to = query.to ?? (query.from !== undefined && query.from > present ? query.from : present);
  return { from: query.from ?? monthAfter(to, -11), to };
}
