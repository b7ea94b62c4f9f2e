import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { readMigrations } from '../../server/store/migrate.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();

test('the statements for Citus name every table, those that others refer to first', async () => {
  const text = await readFile(new URL('../../docs/scaling.md', import.meta.url), 'utf8');
  const distributed = [...text.matchAll(/create_distributed_table\('(\w+)', 'workspace_id'\)/g)].map(
    ([, name = '']) => name,
  );
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'migrations'`.execute(
    hubs.db,
  );
  expect(distributed.toSorted()).toEqual(rows.map(({ name }) => name).toSorted());
  const made = (await readMigrations())
    .flatMap(({ statements }) => statements)
    .flatMap((statement) => /^create table (\w+)/.exec(statement)?.[1] ?? []);
  const inOrder = made.filter((name) => distributed.includes(name));
  expect(distributed).toEqual(inOrder);
});
