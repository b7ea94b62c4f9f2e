import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importNext } from '../../server/jobs/import.ts';
import type { Import } from '../../utils/contract/import.ts';
import { importsOf } from './support/import-file.ts';
import { spawnHub, type SpawnedHub } from './support/spawn-hub.ts';
import { serverUrl } from './support/test-database.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();

/** Every seventh row has no usable address, every tenth says again what the one before said. */
function csv(rows: number) {
  const line = (n: number) => {
    if (n % 7 === 0) return `nobody,Row ${n}`;
    return `person.${n % 10 === 0 ? n - 1 : n}@a.example,Row ${n}`;
  };
  return `email,name\n${Array.from({ length: rows }, (_, n) => line(n)).join('\n')}\n`;
}

async function open() {
  const hub = await hubs.open();
  const { workspaceId } = hub.hub;
  const people = async () => {
    const { rows } = await sql<{ name: string; email: string }>`
      select p.name, e.email from people p
      join person_emails e on e.workspace_id = ${workspaceId} and e.person_id = p.id
      where p.workspace_id = ${workspaceId} order by 1, 2`.execute(hubs.db);
    return rows;
  };
  const problems = importsOf(hub.hub, await hub.as(hub.marketer));
  return { ...hub, ...problems, people };
}

/** A database whose queries fail from the n-th on: as if the process died there, for nothing of it is committed. */
function failing(db: typeof hubs.db, after: number) {
  let left = after;
  return db.withPlugin({
    transformQuery: ({ node }) => {
      if (--left < 0) throw new Error('The power is gone.');
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  });
}

test('an import that is broken off anywhere ends as one that is not', async () => {
  const whole = await open();
  const found = await whole.open('people', csv(2_500));
  const done = await whole.start(found.id);
  expect(done).toMatchObject({ state: 'done', done: 2_500 });

  const broken = await open();
  const id = await broken.upload('people', csv(2_500));
  const step = async (after: number) => {
    const { workspaceId, clock } = broken.hub;
    return importNext(failing(hubs.db, after), workspaceId, clock()).catch(() => 'broken' as const);
  };
  let after = 1;
  let breaks = 0;
  // Each step is broken off once or more, a little later every time, until it gets through.
  const until = async (state: string) => {
    while ((await broken.read(id)).state !== state) {
      const outcome = await step(after);
      if (outcome === 'broken') breaks += 1;
      after = outcome === 'broken' ? after + 7 : 1;
      broken.pass(120_000);
    }
  };
  await until('ready');
  await broken.begin(id);
  await until('done');
  expect(breaks).toBeGreaterThan(6);
  const { added, updated, unchanged, bad } = done;
  expect(await broken.read(id)).toMatchObject({ done: 2_500, added, updated, unchanged, bad });
  expect(await broken.people()).toEqual(await whole.people());
  expect(await broken.problems(id)).toEqual(await whole.problems(found.id));
});

test('two hubs share the work and do nothing twice', async () => {
  const { hub, open: read, begin, read: look, people } = await open();
  const before = (await people()).length;
  const found = await read('people', csv(5_000));
  await begin(found.id);
  const work = async () => {
    while ((await look(found.id)).state !== 'done')
      await importNext(hub.databaseOf(hub.workspaceId), hub.workspaceId, hub.clock());
  };
  await Promise.all([work(), work()]);
  const after = await look(found.id);
  expect(after).toMatchObject({ done: 5_000, updated: 0, unchanged: 0 });
  expect((await people()).length - before).toBe(after.added);
});

// It starts the embedded database by itself.
describe.skipIf(serverUrl() !== undefined)('a hub', () => {
  let folder: string;
  let running: SpawnedHub | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tandem-import-'));
  });
  afterEach(async () => {
    await running?.end('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  async function start(port = '0') {
    const hub = await spawnHub({ PORT: port, TANDEM_DATA: join(folder, 'data'), LOG_LEVEL: 'warn' });
    if (!('url' in hub)) throw new Error(`The hub did not start: ${hub.stderr}`);
    running = hub;
    return hub;
  }

  test(
    'that is killed while it stores goes on where it was, and the command that waits for it never notices',
    { timeout: 600_000 },
    async () => {
      const file = join(folder, 'people.csv');
      const rows = 4_000;
      await writeFile(file, csv(rows));
      const first = await start();
      const words = ['import', file, '--kind', 'people', '--hub', first.url, '--code', first.signInCode];
      const command = spawn(process.execPath, ['server/main.ts', ...words], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const exited = once(command, 'exit') as Promise<[number | null]>;
      const said = text(command.stdout);
      const complaints = text(command.stderr);

      // By another session, so that it is killed when some of the rows are in and others are not.
      const code = await first.nextSignInCode();
      const post = async (path: string, init: RequestInit) =>
        (await fetch(new URL(path, first.url), init)).json() as Promise<unknown>;
      const headers = { 'content-type': 'application/json' };
      const { token } = (await post('/v1/sign-in', {
        method: 'POST',
        headers,
        body: JSON.stringify({ code }),
      })) as { token: string };
      const authorization = `Bearer ${token}`;
      const look = async () => {
        const { imports } = (await post('/v1/imports', { headers: { authorization } })) as {
          imports: Import[];
        };
        return imports[0];
      };
      for (;;) {
        const seen = await look();
        if (seen && seen.state === 'storing' && seen.done > 0) break;
        expect(seen?.state).not.toBe('done');
      }
      await first.end('SIGKILL');
      await start(new URL(first.url).port);

      const [exitCode] = await exited;
      expect(await complaints).toBe('');
      const bad = csv(rows)
        .split('\n')
        .slice(1, -1)
        .filter(
          (line, n) => line.startsWith('nobody') || (n % 10 === 0 && (n - 1) % 7 !== 0 && n > 0),
        ).length;
      expect(await said).toContain(`Imported: ${rows - bad} added, 0 updated, 0 unchanged, ${bad} bad.`);
      expect(exitCode).toBe(1);
      const named = await readFile(`${file}.problems.csv`, 'utf8');
      expect(named.trim().split('\n')).toHaveLength(bad + 1);
      expect(named.split('\n')[1]).toBe('2,"email",bad-email,""');
    },
  );
});
