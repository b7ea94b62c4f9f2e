import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../server/app.ts';
import { PersonViews } from '../../server/audit/person-views.ts';
import { issueToken } from '../../server/auth/tokens.ts';
import { readDumpFile, writeDumpFile } from '../../server/dump/dump-file.ts';
import type { DumpItem } from '../../server/dump/dump-format.ts';
import { readDatabase } from '../../server/dump/read-database.ts';
import { writeDatabase } from '../../server/dump/write-database.ts';
import { runJobs } from '../../server/jobs/jobs.ts';
import { createEmbeddedStore } from '../../server/store/embedded-store.ts';
import { migrate, migrateIn, readMigrations } from '../../server/store/migrate.ts';
import { createWire } from '../../server/store/pglite-wire.ts';
import type { Store } from '../../server/store/store.ts';
import { api, type Operation } from '../../utils/contract/api.ts';
import { openTestStore, serverUrl } from './support/test-database.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-dump-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const openEmpty = async () => createEmbeddedStore({ wire: createWire(await PGlite.create('memory://')) });

/** Where the data goes one after another: new and prepared databases, and every direction between the engines here. */
const route = (): [string, () => Promise<Store>][] => [
  ['a new embedded one', openEmpty],
  ['a prepared one', openTestStore],
  ...(serverUrl() === undefined
    ? []
    : [['another of the server', openTestStore] as [string, typeof openTestStore]]),
];

const dump = (file: string, { workspaceId = null as string | null, from = hubs.db } = {}) =>
  readDatabase(from, { workspaceId, now: new Date() }, (items) => writeDumpFile(join(folder, file), items));
const load = (store: Store, file: string) => writeDatabase(store.owner, readDumpFile(join(folder, file)));

const FIT = [0.1 + 0.2, Number.MIN_VALUE, 1e300];

/** What needs care on its way: see the columns of each type. */
async function oddities(workspaceId: string, personId: string, now: string) {
  await sql`
    insert into tier_cutoffs (workspace_id, fit, engagement, population, as_of)
    values (${workspaceId}, ${FIT}::float8[], array[]::float8[], 3, ${now})
    on conflict (workspace_id) do update
      set fit = excluded.fit, engagement = excluded.engagement, as_of = excluded.as_of`.execute(hubs.db);
  const text = 'line\nbreak "quoted" \\ back\tslash – Ümlaut 𝄞 {a,b}';
  await sql`
    update people set attributes = ${`{"b": 1.0,\n  "a": ${JSON.stringify(text)}}`}::text::json, title = ${text}
    where workspace_id = ${workspaceId} and id = ${personId}`.execute(hubs.db);
}

test('every answer is the same after dump, drop and restore, on every engine', async () => {
  const open = await hubs.open();
  const { hub, workspace, admin, rep, lena, omar, as, now } = open;
  const asRep = await as(rep);
  for (const personId of [lena.id, omar.id]) {
    const body = {
      id: uuid(),
      about: { kind: 'lead', personId },
      verdict: 'accepted',
      reasons: [],
      clientTime: '1999-12-31T23:59:59.999Z',
    };
    expect((await asRep('POST', '/v1/feedback', body, { 'idempotency-key': uuid() })).status).toBe(200);
  }
  const look = { queries: [lena, omar].map(({ emails }) => ({ email: emails[0] })) };
  // Evaluates them, so that nothing is left to be written afterwards.
  await asRep('POST', '/v1/context', look);
  await runJobs(hub);
  await oddities(workspace.id, lena.id, now());
  const token = await issueToken(hubs.db, workspace.id, admin.id, hub.clock());
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const answers = async (store: Store) => {
    const app = createApp({ ...hub, databaseOf: store.in, personViews: new PersonViews() });
    const paths = Object.values<Operation>(api)
      .filter(({ method, audit, stream }) => method === 'get' && audit === undefined && stream === undefined)
      .map(({ path }) => path.replace('{version}', '1').replace('{id}', lena.id));
    const found: Record<string, unknown> = {};
    for (const path of paths) {
      const answer = await app.request(path, { headers });
      found[path] = [answer.status, await answer.text()];
    }
    const context = await app.request('/v1/context', { method: 'POST', headers, body: JSON.stringify(look) });
    return { ...found, context: [context.status, await context.text()] };
  };
  const before = await answers(hubs.store);
  expect(Object.keys(before).length).toBeGreaterThan(8);

  const ends: DumpItem[][] = [];
  let from = hubs.db;
  const opened: Store[] = [];
  for (const [where, open] of route()) {
    const file = `${opened.length}.dump`;
    await dump(file, { from });
    ends.push(await readEnds(file));
    const store = await open();
    opened.push(store);
    from = store.owner;
    const { rows } = await load(store, file);
    expect(rows).toBeGreaterThan(30);
    expect(await answers(store), where).toEqual(before);
    const { rows: odd } = await sql<{ attributes: string; fit: number[] }>`
      select p.attributes::text as attributes, c.fit
      from people p join tier_cutoffs c on c.workspace_id = p.workspace_id
      where p.id = ${lena.id}`.execute(from);
    expect(odd[0]?.attributes).toContain('{"b": 1.0,\n  "a": "line\\n');
    expect(odd[0]?.fit).toEqual(FIT);
    await expect(load(store, file), where).rejects.toThrow('The database is not empty (see its table');
  }
  for (const end of ends) expect(end).toEqual(ends[0]);
  await Promise.all(opened.map((store) => store.close()));
});

test('one workspace goes alone', async () => {
  const [one, other] = [await hubs.open(), await hubs.open()];
  await dump('one.dump', { workspaceId: one.workspace.id });
  const text = (await readLines('one.dump')).join('\n');
  expect(text).toContain(one.lena.id);
  expect(text).not.toContain(other.lena.id);
  expect(text).not.toContain(other.workspace.id);
  const store = await openTestStore();
  await load(store, 'one.dump');
  const { rows } = await sql`select w.workspace_id as id from workspaces w`.execute(store.owner);
  expect(rows).toEqual([{ id: one.workspace.id }]);
  await store.close();
});

test('of an older hub goes into its own schema, which is brought up to date; of a newer one it is refused', async () => {
  const old = await openEmpty();
  const names = (await readMigrations()).map(({ name }) => name);
  await old.owner.transaction().execute(async (tx) => {
    await migrateIn(tx, '0011_lead_index');
  });
  const id = uuid();
  await sql`
    insert into workspaces (workspace_id, name, domains, local_user_id) values (${id}, 'Kontor', '{}', ${id})`.execute(
    old.owner,
  );
  await dump('old.dump', { from: old.owner });
  const store = await openEmpty();
  await load(store, 'old.dump');
  await migrate(store.owner);
  const { rows } = await sql<{ name: string }>`select m.name from migrations m order by m.name`.execute(
    store.owner,
  );
  expect(rows.map(({ name }) => name)).toEqual(names);
  await store.close();

  const prepared = await openTestStore();
  await expect(load(prepared, 'old.dump')).rejects.toThrow('The dump is of an older hub');

  const [header = '', ...rest] = await readLines('old.dump');
  const newer = header.replace('"migrations":[', '"migrations":["9999_future",');
  await rewrite('newer.dump', [newer, ...rest]);
  await expect(load(prepared, 'newer.dump')).rejects.toThrow('was made by a newer hub (it has 9999_future)');
  await Promise.all([old.close(), prepared.close()]);
});

test('a database that no hub was started on, a workspace that is not there, and hidden rows make no backup', async () => {
  const { workspace } = await hubs.open();
  const nowhere = uuid();
  await expect(dump('none.dump', { workspaceId: nowhere })).rejects.toThrow(
    `There is no workspace ${nowhere}`,
  );
  await expect(dump('none.dump', { workspaceId: "x' or true" })).rejects.toThrow('There is no workspace');
  await expect(dump('none.dump', { from: hubs.store.in(workspace.id) })).rejects.toThrow(
    'row-level security',
  );
  const empty = await openEmpty();
  await expect(dump('none.dump', { from: empty.owner })).rejects.toThrow('No hub was ever started');
  await empty.close();
  expect((await readdir(folder)).filter((name) => name.startsWith('none'))).toEqual([]);
});

test('what is cut off, changed or no dump is refused, and nothing of it is kept', async () => {
  await hubs.open();
  await dump('sound.dump');
  const whole = await readFile(join(folder, 'sound.dump'));
  await writeFile(join(folder, 'cut.dump'), whole.subarray(0, whole.length / 2));
  await writeFile(join(folder, 'text.dump'), 'not a dump');
  const lines = await readLines('sound.dump');
  await rewrite('short.dump', lines.slice(0, -1));
  await rewrite(
    'changed.dump',
    lines.map((line) => line.replace('Lena Vogt', 'Lena Voigt')),
  );
  await rewrite(
    'lost.dump',
    lines.toSpliced(
      lines.findIndex((line) => line.includes('Lena Vogt')),
      1,
    ),
  );
  const consents = lines.findIndex((line) => line.startsWith('{"table":"consents"'));
  const afterwards = lines.findIndex((line, index) => index > consents && line.startsWith('{"table"'));
  expect(afterwards).toBeGreaterThan(consents + 1);
  await rewrite('without.dump', lines.toSpliced(consents, afterwards - consents));
  const store = await openTestStore();
  for (const [file, reason] of [
    ['cut.dump', 'is no dump of a hub, or is damaged'],
    ['text.dump', 'is no dump of a hub, or is damaged'],
    ['nowhere.dump', 'ENOENT'],
    ['short.dump', 'its end is missing'],
    ['changed.dump', 'The dump is damaged'],
    ['lost.dump', 'The dump is damaged'],
    ['without.dump', 'a table is missing'],
  ] as const) {
    await expect(load(store, file), file).rejects.toThrow(reason);
  }
  const { rows } = await sql`select 1 from people limit 1`.execute(store.owner);
  expect(rows).toEqual([]);
  await load(store, 'sound.dump');
  await store.close();
});

/** What it says of each table: rows and checksum. */
const readEnds = async (file: string) =>
  (await readLines(file)).map((line) => JSON.parse(line) as DumpItem).filter((item) => 'end' in item);

async function readLines(file: string): Promise<string[]> {
  return gunzipSync(await readFile(join(folder, file)))
    .toString()
    .trimEnd()
    .split('\n');
}

async function rewrite(file: string, lines: readonly string[]): Promise<void> {
  await writeFile(join(folder, file), gzipSync(`${lines.join('\n')}\n`));
}
