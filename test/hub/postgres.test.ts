import { randomUUID } from 'node:crypto';
import { CompiledQuery, sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readEnvironment } from '../../server/environment.ts';
import { prepareWorkspace } from '../../server/prepare-workspace.ts';
import { NoPrimaryError, OutcomeUnknownError } from '../../server/store/connection-failure.ts';
import { hostsOf } from '../../server/store/database-url.ts';
import { migrate } from '../../server/store/migrate.ts';
import { createPostgresStore } from '../../server/store/postgres-store.ts';
import { retrying } from '../../server/store/retrying.ts';
import type { Store } from '../../server/store/store.ts';
import { listWorkspaces } from '../../server/store/workspaces.ts';
import { databaseUrl, serverUrl } from './support/test-database.ts';

/** Nobody listens there (RFC 6335: tcpmux, which no machine of today runs). */
const DEAD = '127.0.0.1:1';

test('an address may name several hosts', () => {
  expect(hostsOf('postgres://one/tandem')).toEqual(['postgres://one/tandem']);
  expect(hostsOf('postgresql://me:p%40ss@one:5432,two:6543/tandem?sslmode=require')).toEqual([
    'postgresql://me:p%40ss@one:5432/tandem?sslmode=require',
    'postgresql://me:p%40ss@two:6543/tandem?sslmode=require',
  ]);
  expect(() => hostsOf('mysql://one/tandem')).toThrow('no address of a PostgreSQL database');
  expect(() => readEnvironment({ DATABASE_URL: 'postgres://me:secret@one:abc/x' })).toThrow(
    /^The hub's settings are not usable.\nDATABASE_URL=…: must be an address/,
  );
});

const url = serverUrl();

describe.skipIf(url === undefined)('PostgreSQL', () => {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const address = databaseUrl(url ?? 'postgres://none', name);
  const server = createPostgresStore({ url: url ?? address });
  let store: Store;

  beforeAll(async () => {
    await sql`create database ${sql.id(name)}`.execute(server.owner);
    store = createPostgresStore({ url: address });
    await sql`create table things (id uuid primary key, text text)`.execute(store.owner);
  });
  afterAll(async () => {
    await store.close();
    await sql`drop database ${sql.id(name)} with (force)`.execute(server.owner);
    await server.close();
  });

  const add = (id: string, db = store.owner) =>
    sql`insert into things (id) values (${id}) on conflict do nothing`.execute(db);
  const count = async (id: string) => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from things where id = ${id}`.execute(
      store.owner,
    );
    return rows[0]?.n;
  };
  /** Ends every connection to the database, as a server does that goes down. */
  const cut = () =>
    sql`select pg_terminate_backend(a.pid) from pg_stat_activity a where a.datname = ${name}`.execute(
      server.owner,
    );

  test('values are those that PGlite gives', async () => {
    const query = sql`select 1::int2 as i2, 3::int8 as i8, 9007199254740993::int8 as large, 1.50::numeric as exact,
      1.5::float8 as f8, true as yes, null::text as nothing, '{"a":[1,null]}'::json as json,
      '\\x00ff10'::bytea as bytes, '2026-11-22T05:00:00.123Z'::timestamptz as at, '{}'::text[] as none,
      array['a', 'b,"c', null] as texts, array[1, 2] as numbers, array[1.5::float8] as figures,
      array['0193b2a4-0000-7000-8000-000000000001']::uuid[] as ids`;
    for (let round = 0; round < 3; round++) {
      expect((await query.execute(store.owner)).rows).toEqual([
        {
          i2: 1,
          i8: 3,
          large: 9007199254740993n,
          exact: '1.50',
          f8: 1.5,
          yes: true,
          nothing: null,
          json: { a: [1, null] },
          bytes: new Uint8Array([0, 255, 16]),
          at: new Date('2026-11-22T05:00:00.123Z'),
          none: [],
          texts: ['a', 'b,"c', null],
          numbers: [1, 2],
          figures: [1.5],
          ids: ['0193b2a4-0000-7000-8000-000000000001'],
        },
      ]);
    }
  });

  test('prepares what comes again, and keeps no more than it should', async () => {
    await store.owner.connection().execute(async (one) => {
      for (let round = 0; round < 3; round++) await sql`select ${round}::int as round`.execute(one);
      for (let id = 0; id < 1_200; id++) await one.executeQuery(CompiledQuery.raw(`select ${id} as id`, []));
      const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(
        one,
      );
      expect(rows.map(({ statement }) => statement)).toContain('select $1::int as round');
      expect(rows.length).toBeLessThan(50);
    });
  });

  test('finds the server that can be written to, whichever host that is', async () => {
    const several = createPostgresStore({ url: address.replace(/@/, `@${DEAD},`) });
    const id = uuid();
    await add(id, several.owner);
    expect(await count(id)).toBe(1);
    await several.close();
  });

  test('says after a while that there is none', async () => {
    const none = createPostgresStore({ url: `postgres://nobody@${DEAD},${DEAD}/x` }, { patience: 200 });
    await expect(add(uuid(), none.owner)).rejects.toThrow(NoPrimaryError);
    await none.close();
  });

  test('says at once that a password or a name is wrong', async () => {
    const stranger = createPostgresStore({ url: address.replace(name, 'no_such_database') });
    await expect(add(uuid(), stranger.owner)).rejects.toMatchObject({ code: '3D000' });
    await stranger.close();
  });

  test('a server that went down in a transaction costs nothing but time', async () => {
    const id = uuid();
    let runs = 0;
    await retrying(
      () =>
        store.owner.transaction().execute(async (tx) => {
          await add(id, tx);
          if ((runs += 1) === 1) await cut();
          await sql`select 1`.execute(tx);
        }),
      { repeatable: false },
    );
    expect(runs).toBe(2);
    expect(await count(id)).toBe(1);
  });

  test('what may have been kept is only repeated where that has one effect', async () => {
    const work = (id: string) => () =>
      store.owner.transaction().execute(async (tx) => {
        await add(id, tx);
        if (first) await cut();
        first = false;
      });
    let first = true;
    await expect(retrying(work(uuid()), { repeatable: false })).rejects.toThrow(OutcomeUnknownError);
    first = true;
    const id = uuid();
    await retrying(work(id), { repeatable: true });
    expect(await count(id)).toBe(1);
  });

  test('several hubs may start at once on an empty database', async () => {
    const hubs = Array.from({ length: 3 }, () => createPostgresStore({ url: address }));
    const now = new Date('2026-11-20T09:00:00.000Z');
    const ids = await Promise.all(
      hubs.map(async (hub) => {
        await migrate(hub.owner);
        return prepareWorkspace(hub.owner, readEnvironment({}), now);
      }),
    );
    expect(new Set(ids).size).toBe(1);
    expect(await listWorkspaces(store.owner)).toEqual([ids[0]]);

    await sql`insert into workspaces (workspace_id, name, domains, local_user_id)
      values (${uuid()}, 'Another', '{}', ${uuid()})`.execute(store.owner);
    await expect(prepareWorkspace(store.owner, readEnvironment({}), now)).rejects.toThrow(
      'TANDEM_WORKSPACE=: must',
    );
    const named = readEnvironment({ TANDEM_WORKSPACE: ids[0] });
    expect(await prepareWorkspace(store.owner, named, now)).toBe(ids[0]);
    const wrong = readEnvironment({ TANDEM_WORKSPACE: uuid() });
    await expect(prepareWorkspace(store.owner, wrong, now)).rejects.toThrow('no such workspace');
    await Promise.all(hubs.map((hub) => hub.close()));
  });
});
