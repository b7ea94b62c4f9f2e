import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { vacuum } from '../../server/jobs/vacuum.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();

test('tables that have changed much are vacuumed and looked at, one after the other, and then no more', async () => {
  const { db } = hubs;
  const changed = async () => {
    const { rows } = await sql<{ name: string }>`
      select relname as name from pg_stat_user_tables
      where relname in ('grown', 'rewritten', 'quiet') and last_vacuum is not null and last_analyze is not null
      order by 1`.execute(db);
    return rows.map(({ name }) => name);
  };
  while (await vacuum(db));
  for (const name of ['grown', 'rewritten', 'quiet']) {
    await sql`create table ${sql.table(name)} as select 1 as n from generate_series(1, 40)`.execute(db);
  }
  await sql`insert into grown select 1 from generate_series(1, 3000)`.execute(db);
  await sql`update rewritten set n = 2`.execute(db);
  await sql`update rewritten set n = 3`.execute(db);
  expect(await changed()).toEqual([]);
  expect(await vacuum(db)).toBe(true);
  expect(await changed()).toHaveLength(1);
  while (await vacuum(db));
  expect(await changed()).toEqual(['grown', 'rewritten']);
  expect(await vacuum(db)).toBe(false);
});
