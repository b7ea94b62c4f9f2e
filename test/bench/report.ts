import { createPostgresStore } from '../../server/store/postgres-store.ts';
import { closedLoopQuery, readClosedLoop } from '../../server/reports/closed-loop.ts';
import { sql } from 'kysely';
import { MILLION, TEN_MILLION, WORKSPACE } from './lead-data.ts';
import type { RealPostgres } from './real-postgres.ts';
import { round, summary } from './statistics.ts';

const TURNS = 30;

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
      const explained = await sql<{ 'QUERY PLAN': [{ 'Execution Time': number }] }>`
        explain (analyze, timing off, format json) ${closedLoopQuery(WORKSPACE, period)}`.execute(db);
      inside.push(explained.rows[0]!['QUERY PLAN'][0]['Execution Time']);
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
