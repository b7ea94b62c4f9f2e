import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { AbortedTransactionError, CompiledQuery, sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type DataFolder, openDataFolder } from '../../server/store/data-folder.ts';
import type { Database } from '../../server/store/database.ts';
import { createEmbeddedStore } from '../../server/store/embedded-store.ts';
import { createWire } from '../../server/store/pglite-wire.ts';

let pglite: PGlite;
let folder: string;
let data: DataFolder;
const databases: Record<string, Database> = {};

beforeAll(async () => {
  pglite = await PGlite.create('memory://');
  folder = await mkdtemp(join(tmpdir(), 'tandem-pglite-'));
  data = await openDataFolder(folder);
  databases['in this thread'] = createEmbeddedStore({ wire: createWire(pglite) }).owner;
  databases['in a thread of its own'] = createEmbeddedStore(data).owner;
});
afterAll(async () => {
  await pglite.close();
  await data.close();
  await rm(folder, { recursive: true, force: true });
});

describe.each(['in this thread', 'in a thread of its own'])('PGlite %s', (name) => {
  let db: Database;
  const count = async () => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from things`.execute(db);
    return rows[0]?.n;
  };
  const add = (id: number, to = db) => sql`insert into things (id, name) values (${id}, 'x')`.execute(to);

  beforeEach(async () => {
    db = databases[name]!;
    await sql`drop table if exists things`.execute(db);
    await sql`create table things (id int primary key, name text)`.execute(db);
  });

  test('counts the rows that a statement changed', async () => {
    expect((await sql`insert into things values (1, 'a'), (2, 'b')`.execute(db)).numAffectedRows).toBe(2n);
    expect((await sql`update things set name = 'c' where id = ${1}`.execute(db)).numAffectedRows).toBe(1n);
    const none = await sql`insert into things values (${1}, 'a') on conflict do nothing`.execute(db);
    expect(none.numAffectedRows).toBe(0n);
    expect((await sql`select * from things`.execute(db)).numAffectedRows).toBe(0n);
    expect((await sql`delete from things`.execute(db)).numAffectedRows).toBe(2n);
  });

  test.each([
    ['a syntax error', '42601', sql`selekt 1`],
    ['a missing table', '42P01', sql`select * from nothing`],
    ['a division by zero', '22012', sql`select 1 / ${0}::int`],
    ['a wrong parameter', '22P02', sql`select ${'abc'}::uuid`],
    ['a repeated key', '23505', sql`insert into things values (${7}, 'a'), (${7}, 'b')`],
    ['a refused key', '23502', sql`insert into things (name) values ('a')`],
    ['a conflict', '40001', sql`do $$ begin raise exception 'x' using errcode = '40001'; end $$`],
  ])('%s comes with its code, again and again, and breaks nothing', async (_, code, statement) => {
    for (let round = 0; round < 8; round++) {
      const [failed, counted] = await Promise.allSettled([statement.execute(db), count()]);
      expect(failed).toMatchObject({ status: 'rejected', reason: { code } });
      expect(counted).toMatchObject({ status: 'fulfilled', value: 0 });
      await expect(db.transaction().execute((tx) => statement.execute(tx))).rejects.toMatchObject({ code });
    }
    expect(await count()).toBe(0);
  });

  test('an error names its constraint, and the trace leads to the query', async () => {
    await add(1);
    const error: unknown = await add(1).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: '23505', constraint: 'things_pkey', table: 'things' });
    expect((error as Error).stack).toContain('pglite.test.ts');
  });

  test('a value that cannot be one of its type is refused before it is sent', async () => {
    await expect(sql`select ${'text'}::bytea`.execute(db)).rejects.toThrow('Uint8Array');
    await expect(db.executeQuery(CompiledQuery.raw('select $1::int', []))).rejects.toThrow('1 parameters');
    expect(await count()).toBe(0);
  });

  test('an error in a transaction takes it back whole', async () => {
    const failing = db.transaction().execute(async (tx) => {
      await add(1, tx);
      await expect(add(1, tx)).rejects.toMatchObject({ code: '23505' });
      await add(2, tx);
    });
    await expect(failing).rejects.toMatchObject({ code: '25P02' });
    expect(await count()).toBe(0);
  });

  test('a transaction that swallowed an error does not say that it is stored', async () => {
    const swallowing = db.transaction().execute(async (tx) => {
      await add(1, tx);
      await add(1, tx).catch(() => undefined);
    });
    await expect(swallowing).rejects.toThrow(AbortedTransactionError);
    expect(await count()).toBe(0);
  });

  test('a transaction has the session for itself, those that come meanwhile follow in order', async () => {
    await add(1);
    const seen: (number | undefined)[] = [];
    const look = async () => void seen.push(await count());
    const adding = (id: number) =>
      db.transaction().execute(async (tx) => {
        await add(id, tx);
        const { rows } = await sql<{ n: number }>`select count(*)::int as n from things`.execute(tx);
        await add(id + 100, tx);
        return rows[0]?.n;
      });
    const results = await Promise.all([look(), adding(2), look(), adding(3), look(), look()]);
    expect(results).toEqual([undefined, 2, undefined, 4, undefined, undefined]);
    expect(seen).toEqual([1, 3, 5, 5]);
  });

  test('prepares a text once, keeps its plan, and not too many of them', async () => {
    const text = 'select name from things where id = $1';
    for (let id = 0; id < 12; id++) await db.executeQuery(CompiledQuery.raw(text, [id]));
    const { rows } = await sql<{ plans: number }>`
      select generic_plans::int as plans from pg_prepared_statements where statement = ${text}`.execute(db);
    expect(rows).toEqual([{ plans: expect.toSatisfy((plans: number) => plans > 0) as number }]);

    for (let id = 0; id < 1_100; id++) await db.executeQuery(CompiledQuery.raw(`select ${id} as id`, []));
    const { rows: all } = await sql<{ n: number }>`
      select count(*)::int as n from pg_prepared_statements`.execute(db);
    expect(all[0]?.n).toBeLessThan(510);
    expect(await count()).toBe(0);
  });

  test('a plan that a changed schema has made useless is made anew', async () => {
    const all = () => sql`select * from things`.execute(db);
    for (let round = 0; round < 8; round++) await all();
    await add(1);
    await sql`alter table things add column size int default 3`.execute(db);
    // PostgreSQL refuses the old plan once.
    await expect(all()).rejects.toMatchObject({ code: '0A000' });
    expect((await all()).rows).toEqual([{ id: 1, name: 'x', size: 3 }]);
  });
});

test('values are those of PGlite itself', async () => {
  const query = `select 1::int2 as i2, 2::int4 as i4, 3::int8 as i8, 9007199254740993::int8 as large,
    1.5::float8 as f8, 1.50::numeric as exact, true as yes, null::text as nothing, 'ü"\\'::text as text,
    '{"a":[1,null]}'::json as json, '{"b":2}'::jsonb as jsonb, '\\x00ff10'::bytea as bytes,
    '2026-11-22T05:00:00.123Z'::timestamptz as at, '2026-11-22'::date as day,
    '0193b2a4-0000-7000-8000-000000000001'::uuid as id, '{}'::text[] as none,
    array['a', 'b,"c', null] as texts, array[1, 2] as numbers, array[true, false] as flags,
    array[array[1], array[2]] as nested, array['0193b2a4-0000-7000-8000-000000000001']::uuid[] as ids`;
  const { rows } = await databases['in this thread']!.executeQuery(CompiledQuery.raw(query, []));
  expect(rows).toEqual((await pglite.query(query)).rows);
  expect(rows).toHaveLength(1);
});

test('parameters arrive as what they are', async () => {
  const { rows } = await sql`
    select ${'a\\"ü'}::text as text, ${['x', 'y,"z', null]}::text[] as texts, ${[]}::text[] as none,
      ${{ a: [1] }}::json as json, ${'{"b":1}'}::json as written, ${false} and true as flag,
      ${new Uint8Array([0, 255])}::bytea as bytes, ${new Date(5)}::timestamptz as at,
      ${12}::int8 as number, ${1.5}::numeric as exact, ${null}::int as nothing`.execute(
    databases['in a thread of its own']!,
  );
  expect(rows).toEqual([
    {
      text: 'a\\"ü',
      texts: ['x', 'y,"z', null],
      none: [],
      json: { a: [1] },
      written: { b: 1 },
      flag: false,
      bytes: new Uint8Array([0, 255]),
      at: new Date(5),
      number: 12,
      exact: '1.5',
      nothing: null,
    },
  ]);
});

test('a long query holds up nobody but other queries', async () => {
  const db = databases['in a thread of its own']!;
  let ticks = 0;
  const ticking = setInterval(() => ticks++, 1);
  await sql`select count(*) from generate_series(1, 3000000) a`.execute(db);
  clearInterval(ticking);
  expect(ticks).toBeGreaterThan(20);
});

test('a database that ends by itself says so, fails what waits, and can be opened again', async () => {
  const other = await mkdtemp(join(tmpdir(), 'tandem-pglite-'));
  const first = await openDataFolder(other);
  const db = createEmbeddedStore(first).owner;
  await sql`create table kept (id int)`.execute(db);
  await expect(openDataFolder(other)).rejects.toThrow('Another hub is using the folder');
  // PGlite cannot read a copy's rows from its client and exits.
  const settled = await Promise.allSettled([
    sql`copy kept from stdin`.execute(db),
    sql`select 1`.execute(db),
    sql`select 1`.execute(db),
  ]);
  expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect((await first.died).message).toContain(`The database in ${other} has ended by itself (Program term`);
  await expect(sql`select 1`.execute(db)).rejects.toThrow();
  await first.close();

  const second = await openDataFolder(other);
  const again = createEmbeddedStore(second).owner;
  expect((await sql`select id from kept`.execute(again)).rows).toEqual([]);
  await second.close();
  await rm(other, { recursive: true, force: true });
});
