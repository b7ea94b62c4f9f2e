import { createPostgresStore } from '../../server/store/postgres-store.ts';
import { attributionQuery, readAttribution } from '../../server/reports/attribution.ts';
import { closedLoopQuery, readClosedLoop } from '../../server/reports/closed-loop.ts';
import { readFigures } from '../../server/reports/figures-report.ts';
import { monthAfter } from '../../utils/domain/report-period.ts';
import { countsQuery } from '../../server/reports/read-counts.ts';
import type { Database } from '../../server/store/database.ts';
import { type RawBuilder, sql } from 'kysely';
import { MILLION, TEN_MILLION, WORKSPACE } from './lead-data.ts';
import type { RealPostgres } from './real-postgres.ts';
import { round, summary } from './statistics.ts';

const TURNS = 30;

/** The figures of the agreement over a year and the one before, and what the wins are owed to: all, and of one campaign. */
export async function benchFigures(postgres: RealPostgres) {
  const rows = [];
  for (const size of [MILLION, TEN_MILLION]) {
    const store = createPostgresStore({ url: await postgres.leads(size) });
    const db = store.in(WORKSPACE);
    const now = new Date();
    const to = now.toISOString().slice(0, 7);
    const period = { from: monthAfter(to, -11), to };
    const campaign = await sql<{ id: string }>`
      select c.id from campaigns c where c.workspace_id = ${WORKSPACE} order by c.id limit 1`.execute(db);
    const campaignId = campaign.rows[0]!.id;
    const parts: [what: string, read: () => Promise<number>, query: RawBuilder<unknown>][] = [
      [
        'figures',
        async () => (await readFigures(db, WORKSPACE, period, {}, now)).figures[0]!.cases,
        countsQuery(WORKSPACE, period, {}),
      ],
      [
        'figures of one campaign',
        async () => (await readFigures(db, WORKSPACE, period, { campaignId }, now)).figures[0]!.cases,
        countsQuery(WORKSPACE, period, { campaignId }),
      ],
      [
        'attribution',
        async () => (await readAttribution(db, WORKSPACE, period, 'full-path', now)).wins,
        attributionQuery(WORKSPACE, period, 'full-path'),
      ],
    ];
    for (const [what, read, query] of parts) {
      const inside: number[] = [];
      const outside: number[] = [];
      let cases = 0;
      for (let turn = 0; turn < TURNS; turn++) {
        inside.push(await timeInside(db, query));
        const start = performance.now();
        cases = await read();
        outside.push(performance.now() - start);
      }
      if (cases === 0) throw new Error(`There is nothing in the ${what}.`);
      rows.push({
        what: `${what}, ${size.touchpoints} touchpoints`,
        cases,
        'median ms in the database, largest query': round(summary(inside).median),
        'median ms with everything': round(summary(outside).median),
      });
    }
    await store.close();
  }
  return rows;
}

async function timeInside(db: Database, query: RawBuilder<unknown>): Promise<number> {
  const explained = await sql<{ 'QUERY PLAN': [{ 'Execution Time': number }] }>`
    explain (analyze, timing off, format json) ${query}`.execute(db);
  return explained.rows[0]!['QUERY PLAN'][0]['Execution Time'];
}

/** The closed loop of a year and 500 campaigns, each of which touched people in every month: as bad as it gets. */
export async function benchReport(postgres: RealPostgres) {
  const rows = [];
  for (const size of [MILLION, TEN_MILLION]) {
    const store = createPostgresStore({ url: await postgres.leads(size) });
    const db = store.in(WORKSPACE);
    const now = new Date();
    const period = { from: `${now.getUTCFullYear() - 1}-01`, to: `${now.getUTCFullYear()}-12` };
    const inside: number[] = [];
    const outside: number[] = [];
    for (let turn = 0; turn < TURNS; turn++) {
      inside.push(await timeInside(db, closedLoopQuery(WORKSPACE, period)));
      const start = performance.now();
      const { campaigns } = await readClosedLoop(db, WORKSPACE, period, now);
      outside.push(performance.now() - start);
      if (campaigns.length === 0) throw new Error('The report is empty.');
    }
    rows.push({
      touchpoints: size.touchpoints,
      'median ms in the database': round(summary(inside).median),
      'median ms with everything': round(summary(outside).median),
    });
    await store.close();
  }
  return rows;
}
