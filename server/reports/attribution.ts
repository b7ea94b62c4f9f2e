import { type RawBuilder, sql } from 'kysely';
import {
  type AttributionModelId,
  type AttributionReport,
  CREDIT_OF_A_WIN,
} from '../../utils/contract/figures.ts';
import { daysAfter } from '../../utils/domain/instants.ts';
import type { ReportPeriod } from '../../utils/domain/report-period.ts';
import { readAgreement } from '../store/agreements.ts';
import type { Database } from '../store/database.ts';
import { readFiguresAsOf } from './figures-report.ts';
import { during } from './read-counts.ts';
import { CREDIT_COLUMNS } from './win-credits.ts';

type Row = AttributionReport['campaigns'][number];

/** Which campaigns the wins of some months are owed to. */
export async function readAttribution(
  db: Database,
  workspaceId: string,
  period: ReportPeriod,
  model: AttributionModelId,
  now: Date,
): Promise<AttributionReport> {
  const asOf = await readFiguresAsOf(db, workspaceId, now);
  const agreement = await readAgreement(db, workspaceId);
  const { rows } = await attributionQuery(workspaceId, period, model).execute(db);
  const { wins, campaigns } = rows[0] ?? { wins: 0, campaigns: [] };
  const credited = campaigns.reduce((sum, { credit }) => sum + credit, 0);
  return {
    ...period,
    model,
    asOf,
    validUntil: daysAfter(asOf, agreement.expiry.reports),
    minimumCases: agreement.reports.minimumCases,
    wins,
    campaigns,
    unattributed: wins * CREDIT_OF_A_WIN - credited,
  };
}

/** How many wins there are, and the campaigns with any credit by this model: both of the same moment. */
export function attributionQuery(
  workspaceId: string,
  period: ReportPeriod,
  model: AttributionModelId,
): RawBuilder<{ wins: number; campaigns: Row[] }> {
  const credit = sql.ref(`d.${CREDIT_COLUMNS[model]}`);
  return sql`
    select (
      select count(*)::int from wins w
      where w.workspace_id = ${workspaceId} and ${during('w.month', period)}
    ) as wins, coalesce(json_agg(json_build_object(
      'campaign', json_build_object('id', c.id, 'name', c.name, 'kind', c.kind),
      'credit', k.credit::float8, 'wins', k.wins) order by k.credit desc, c.name, c.id), '[]') as campaigns
    from (
      select d.campaign_id, sum(${credit}) as credit, count(*)::int as wins from win_credits d
      where d.workspace_id = ${workspaceId} and ${during('d.month', period)} and ${credit} > 0
      group by d.campaign_id
    ) k
    join campaigns c on c.workspace_id = ${workspaceId} and c.id = k.campaign_id`;
}
