import {
  type KyselyPlugin,
  OperationNodeTransformer,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  type RawNode,
  sql,
} from 'kysely';
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import type { Database } from '../../server/store/database.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();

const tables = async (): Promise<string[]> => {
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'migrations'`.execute(
    hubs.db,
  );
  return rows.map(({ name }) => name);
};

test('every table has the wall, and the role of the hub owns none of them', async () => {
  const { rows } = await sql<{ name: string; secured: boolean; policies: number; owned: boolean }>`
    select c.relname as name, c.relrowsecurity as secured,
      (select count(*)::int from pg_policies p where p.tablename = c.relname) as policies,
      pg_get_userbyid(c.relowner) = 'tandem_hub' as owned
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and c.relname <> 'migrations'`.execute(hubs.db);
  expect(rows.length).toBeGreaterThan(20);
  for (const row of rows) expect(row).toMatchObject({ secured: true, policies: 1, owned: false });
  const { rows: roles } = await sql`
    select rolsuper, rolbypassrls, rolcanlogin from pg_roles where rolname = 'tandem_hub'`.execute(hubs.db);
  expect(roles).toEqual([{ rolsuper: false, rolbypassrls: false, rolcanlogin: false }]);
});

test('without any condition, a workspace reads its own rows and none of the others', async () => {
  const [own, foreign] = [await hubs.open(), await hubs.open()];
  await (
    await own.as(own.rep)
  )('POST', '/v1/feedback', {
    id: uuid(),
    about: { kind: 'lead', personId: own.lena.id },
    verdict: 'accepted',
    reasons: [],
    clientTime: own.now(),
  });
  const filled: string[] = [];
  for (const name of await tables()) {
    const { rows } = await sql<{ id: string; n: number }>`
      select workspace_id as id, count(*)::int as n from ${sql.table(name)} group by workspace_id`.execute(
      hubs.store.in(own.workspace.id),
    );
    expect(rows.map(({ id }) => id).filter((id) => id !== own.workspace.id)).toEqual([]);
    const { rows: all } = await sql<{ foreign: number }>`
      select count(*)::int as foreign from ${sql.table(name)} t
      where t.workspace_id = ${foreign.workspace.id}`.execute(hubs.db);
    if (rows.length > 0 && Number(all[0]?.foreign) > 0) filled.push(name);
  }
  // Otherwise the test would hold for empty tables.
  expect(filled).toEqual(
    expect.arrayContaining(['people', 'person_emails', 'touchpoints', 'users', 'agreements', 'lead_keys']),
  );
});

/** Takes the first wall away: every `workspace_id = $1` becomes a condition that always holds. */
class WithoutFirstWall extends OperationNodeTransformer implements KyselyPlugin {
  protected override transformRaw(node: RawNode): RawNode {
    const raw = super.transformRaw(node);
    const blind = (text: string) => text.replace(/\b\w+\.workspace_id = $/, 'null::uuid is distinct from ');
    return { ...raw, sqlFragments: raw.sqlFragments.map(blind) };
  }

  transformQuery({ node }: PluginTransformQueryArgs) {
    return this.transformNode(node);
  }

  transformResult({ result }: PluginTransformResultArgs) {
    return Promise.resolve(result);
  }
}

test('with the condition on the workspace taken out of every query, no route shows foreign rows', async () => {
  const foreign = await hubs.open();
  const feedback = {
    id: uuid(),
    about: { kind: 'lead', personId: foreign.lena.id },
    verdict: 'accepted',
    reasons: [],
    comment: 'Foreign comment',
    clientTime: foreign.now(),
  };
  expect((await (await foreign.as(foreign.rep))('POST', '/v1/feedback', feedback)).status).toBe(200);
  const ask = async (databaseOf: (workspaceId: string) => Database) => {
    const own = await hubs.open({ databaseOf });
    const call = await own.as(own.admin);
    const answers = [
      await call('POST', '/v1/context', {
        queries: [{ email: foreign.lena.emails[0] }, { record: foreign.lena.externalIds[0] }],
      }),
      await call('GET', '/v1/feedback'),
      await call('GET', `/v1/feedback/${feedback.id}`),
      await call('GET', '/v1/users'),
      await call('GET', '/v1/agreement/versions'),
      await call('GET', '/v1/lead-index'),
    ];
    return answers.map(({ text }) => text).join('');
  };
  const plugin = new WithoutFirstWall();
  const walled = await ask((id) => hubs.store.in(id).withPlugin(plugin));
  for (const text of [foreign.lena.id, feedback.id, foreign.rep.id]) expect(walled).not.toContain(text);
  // As the owner, whom no wall stops, the same requests do show them: the hook works.
  const open = await ask(() => hubs.db.withPlugin(plugin));
  expect(open).toContain(foreign.rep.id);
  expect(open).toContain(feedback.id);
});

test('nothing can be written into, changed or removed in a foreign workspace', async () => {
  const [own, foreign] = [await hubs.open(), await hubs.open()];
  const db = hubs.store.in(own.workspace.id);
  const insert = sql`
    insert into counters (workspace_id, name, value) values (${foreign.workspace.id}, 'smuggled', 1)`;
  await expect(insert.execute(db)).rejects.toMatchObject({ code: '42501' });
  const renamed = await sql`
    update people p set name = 'x' where p.workspace_id = ${foreign.workspace.id}`.execute(db);
  expect(renamed.numAffectedRows).toBe(0n);
  const removed = await sql`delete from counters c where c.workspace_id = ${foreign.workspace.id}`.execute(
    db,
  );
  expect(removed.numAffectedRows).toBe(0n);
  const moved = sql`update counters c set workspace_id = ${foreign.workspace.id}
    where c.workspace_id = ${own.workspace.id}`;
  await expect(moved.execute(db)).rejects.toMatchObject({ code: '42501' });
});

test('a session whose workspace nobody named sees nothing', async () => {
  await hubs.open();
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from people`.execute(
    hubs.store.in(uuid()),
  );
  expect(rows).toEqual([{ n: 0 }]);
});

test('workspaces take turns on the same connections without seeing each other', async () => {
  const [one, two] = [await hubs.open(), await hubs.open()];
  const nameIn = async (id: string) => {
    const { rows } = await sql<{ id: string }>`
      select w.workspace_id as id from workspaces w`.execute(hubs.store.in(id));
    return rows.map((row) => row.id);
  };
  const ids = Array.from({ length: 200 }, (_, index) => (index % 3 === 0 ? one : two).workspace.id);
  expect(await Promise.all(ids.map(nameIn))).toEqual(ids.map((id) => [id]));
});
