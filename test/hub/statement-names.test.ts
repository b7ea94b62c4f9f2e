import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { plannedAnew, StatementNames } from '../../server/store/statement-names.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();

test('a text is prepared from the second time on, under one name', () => {
  const names = new StatementNames();
  const named = ['select 1', 'select 1', 'select 2', 'select 1', 'select 2'].map((text) =>
    names.nameOf(text),
  );
  expect(named).toEqual([undefined, 's0', undefined, 's0', 's1']);
});

test('what is to be planned for its values is never prepared', async () => {
  const names = new StatementNames();
  const { sql: text } = sql`select ${plannedAnew} ${1}::int as n`.compile(hubs.db);
  expect([1, 2, 3].map(() => names.nameOf(text))).toEqual([undefined, undefined, undefined]);
  const { rows } = await sql<{ n: number }>`select ${plannedAnew} ${1}::int as n`.execute(hubs.db);
  expect(rows).toEqual([{ n: 1 }]);
});
