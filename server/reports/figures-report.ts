import { sql } from 'kysely';
import type { FiguresReport } from '../../utils/contract/figures.ts';
import { daysAfter } from '../../utils/domain/instants.ts';
import { periodBefore, type ReportPeriod } from '../../utils/domain/report-period.ts';
import { readAgreement } from '../store/agreements.ts';
import type { Database } from '../store/database.ts';
import { instant } from '../store/json.ts';
import { assembleFigures } from './assemble-figures.ts';
import { answersQuery, countsQuery, type FigureFilter, fitOfWinsQuery, readSegments } from './read-counts.ts';

/** The figures of the agreement over some months, and over as many before them. */
export async function readFigures(
  db: Database,
  workspaceId: string,
  period: ReportPeriod,
  filter: FigureFilter,
  now: Date,
): Promise<FiguresReport> {
  // First: what is counted in between may only be more than was promised.
  const asOf = await readFiguresAsOf(db, workspaceId, now);
  const agreement = await readAgreement(db, workspaceId);
  const { from, to } = period;
  const both = { from: periodBefore(period).from, to };
  const { rows: counts } = await countsQuery(workspaceId, both, filter).execute(db);
  const { rows: answers } = await answersQuery(workspaceId, both, filter, now).execute(db);
  const { rows: fits } = await fitOfWinsQuery(workspaceId, both, filter).execute(db);
  return {
    from,
    to,
    asOf,
    validUntil: daysAfter(asOf, agreement.expiry.reports),
    minimumCases: agreement.reports.minimumCases,
    ...assembleFigures({ period, counts: [...counts, ...answers], fits, agreement, asOf }),
    segments: await readSegments(db, workspaceId, period),
  };
}

/** When the oldest change happened that these figures do not hold yet; the present when there is none. */
export async function readFiguresAsOf(db: Database, workspaceId: string, now: Date): Promise<string> {
  const { rows } = await sql<{ at: string | null }>`
    select ${instant('w.at')} as at
    from (
      select least(
        (select min(x.at) from report_changes x where x.workspace_id = ${workspaceId}
          and (x.person_ids <> '{}' or x.figure_months <> '{}')),
        (select min(p.since) from due_figure_people p where p.workspace_id = ${workspaceId}),
        (select min(m.since) from due_figure_months m where m.workspace_id = ${workspaceId}),
        ${now.toISOString()}::timestamptz) as at
    ) w`.execute(db);
  return rows[0]?.at ?? now.toISOString();
}
