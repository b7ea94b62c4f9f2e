import { PGlite } from '@electric-sql/pglite';
import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { describe, expect, test } from 'vitest';
import { EnvironmentError, readEnvironment } from '../../server/environment.ts';
import { createEmbeddedStore } from '../../server/store/embedded-store.ts';
import { createWire } from '../../server/store/pglite-wire.ts';
import { migrate, readMigrations } from '../../server/store/migrate.ts';

describe('migrations', () => {
  test('run once, however often and at the same time they are started', async () => {
    const store = createEmbeddedStore({ wire: createWire(await PGlite.create('memory://')) });
    const db = store.owner;
    await Promise.all([migrate(db), migrate(db)]);
    await migrate(db);
    const { rows } = await sql<{ name: string }>`select name from migrations order by name`.execute(db);
    expect(rows.map(({ name }) => name)).toEqual((await readMigrations()).map(({ name }) => name));

    await sql`insert into migrations (name) values ('9999_future')`.execute(db);
    await expect(migrate(db)).rejects.toThrow('newer hub (it has 9999_future)');
    await store.close();
  });

  test('bring along the key and entries of the lead index, records and hand-overs', async () => {
    const store = createEmbeddedStore({ wire: createWire(await PGlite.create('memory://')) });
    const db = store.owner;
    const earlier = (await readMigrations()).filter(({ name }) => name < '0009');
    await sql`create table migrations (name text primary key)`.execute(db);
    for (const { name, statements } of earlier) {
      for (const statement of statements) await sql.raw(statement).execute(db);
      await sql`insert into migrations (name) values (${name})`.execute(db);
    }
    const [id, at] = [uuid(), '2026-11-01T08:00:00.000Z'];
    const key = Buffer.alloc(32, 7);
    await sql`
      insert into workspaces (workspace_id, name, domains, local_user_id, lead_key_id, lead_key)
      values (${id}, 'Kontor', '{}', ${id}, 'first', ${key})`.execute(db);
    await sql`
      insert into people (workspace_id, id, name, stage, stage_event_id, stage_since, sourced_at)
      values (${id}, ${id}, 'Lena', 'mql', ${id}, ${at}, ${at})`.execute(db);
    await sql`
      insert into person_external_ids (workspace_id, system, type, id, person_id, position)
      values (${id}, 'crm', 'contact', '4711', ${id}, 0)`.execute(db);
    await sql`
      insert into lead_index (workspace_id, hash, person_id, exact, state, seq, deleted)
      values (${id}, ${Buffer.alloc(6)}, ${id}, true, 2, 1, false)`.execute(db);
    await sql`
      insert into hand_overs (workspace_id, id, person_id, at, document, terms, open, escalated, reopens)
      values (${id}, ${id}, ${id}, ${at}, '{}', '{}', true, 0, false)`.execute(db);

    await migrate(db);
    const { rows } = await sql`
      select k.id as "keyId", k.number, k.state, k.key, i.key_number as "keyNumber", x.tenant,
        h.index_due_at = h.at as due
      from lead_keys k, lead_index i, person_external_ids x, hand_overs h`.execute(db);
    expect(rows).toEqual([
      {
        keyId: 'first',
        number: 1,
        state: 'current',
        key: new Uint8Array(key),
        keyNumber: 1,
        tenant: '',
        due: true,
      },
    ]);
    await store.close();
  });

  test('keep the rules that let the schema be spread by workspace', async () => {
    const statements = (await readMigrations()).flatMap((migration) => migration.statements);
    const tables = statements.filter((statement) => statement.startsWith('create table'));
    expect(tables.length).toBeGreaterThan(10);
    for (const table of tables) {
      expect(table).toMatch(/^create table (\w+) \(\s*workspace_id uuid /);
      expect(table).toMatch(/workspace_id uuid primary key|primary key \(workspace_id[,)]/);
    }
    for (const statement of statements) {
      expect(statement).not.toMatch(/\btrigger\b|\bserial\b|\bsequence\b|generated .* as identity/i);
      for (const [, key] of statement.matchAll(
        /(?:unique(?: index \w+ on \w+)?|foreign key|primary key) \((\w+)/g,
      )) {
        expect(key).toBe('workspace_id');
      }
      for (const [, columns] of statement.matchAll(/references \w+ \(([^)]*)\)/g)) {
        expect(columns).toMatch(/^workspace_id/);
      }
    }
  });
});

describe('settings', () => {
  test('have defaults', () => {
    expect(readEnvironment({})).toMatchObject({ PORT: 8787, HOST: '127.0.0.1', TANDEM_DATA: '.tandem/hub' });
    expect(
      readEnvironment({ PORT: '0', TANDEM_EXTENSION_ORIGINS: 'chrome-extension://abc, https://app.example' }),
    ).toMatchObject({ PORT: 0, TANDEM_EXTENSION_ORIGINS: ['chrome-extension://abc', 'https://app.example'] });
  });

  test.each([
    [{ PORT: 'abc' }, 'PORT=abc: must be a number; leave it out for 8787'],
    [{ PORT: '70000' }, 'PORT=70000: must be at most 65535'],
    [{ TANDEM_SAMPLE: 'yes' }, 'TANDEM_SAMPLE=yes: must be 1 to load the sample data'],
    [{ TANDEM_DATA: '' }, 'TANDEM_DATA=: must name a folder'],
    [{ TANDEM_EXTENSION_ORIGINS: 'abc' }, 'TANDEM_EXTENSION_ORIGINS=abc: must be origins'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL=loud: must be fatal, error'],
  ])('%j is refused, saying what to do', (variables, message) => {
    expect(() => readEnvironment(variables)).toThrow(EnvironmentError);
    expect(() => readEnvironment(variables)).toThrow(message);
  });
});
