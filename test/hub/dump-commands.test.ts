import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { backup, migrateTo, restore } from '../../server/dump/commands.ts';
import { readDumpFile, writeDumpFile } from '../../server/dump/dump-file.ts';
import type { DumpItem } from '../../server/dump/dump-format.ts';
import { readDatabase } from '../../server/dump/read-database.ts';
import { readEnvironment } from '../../server/environment.ts';
import { newDatabase, serverUrl } from './support/test-database.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
let folder: string;
const said: string[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-commands-'));
});
beforeEach(() => {
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => rm(folder, { recursive: true, force: true }));

const path = (name: string) => join(folder, name);
const embedded = (name: string) => readEnvironment({ TANDEM_DATA: path(name) });

async function readEnds(file: string): Promise<DumpItem[]> {
  const ends: DumpItem[] = [];
  for await (const item of readDumpFile(path(file))) if ('end' in item || 'done' in item) ends.push(item);
  return ends;
}

test('a backup is restored into a new folder, backed up from there, and moved to a server', async () => {
  await hubs.open();
  await readDatabase(hubs.db, { workspaceId: null, now: new Date() }, (items) =>
    writeDumpFile(path('first.dump'), items),
  );
  await restore(embedded('data'), [path('first.dump')]);
  expect(said.at(-1)).toMatch(/^\d+ rows were restored and compared/);

  await backup(embedded('data'), [path('second.dump')]);
  expect(await readEnds('second.dump')).toEqual(await readEnds('first.dump'));
  expect((await stat(path('second.dump'))).mode & 0o777).toBe(0o600);
  expect(said.at(-1)).toContain('It holds personal data');

  if (serverUrl() === undefined) return;
  const target = await newDatabase();
  await migrateTo(embedded('data'), [target.url]);
  expect(said.at(-1)).toContain('Now set DATABASE_URL');
  expect(said.join('')).not.toContain(target.url);
  await backup(readEnvironment({ DATABASE_URL: target.url }), [path('third.dump')]);
  expect(await readEnds('third.dump')).toEqual(await readEnds('first.dump'));
  await expect(migrateTo(embedded('data'), [target.url])).rejects.toThrow('The database is not empty');
  await target.drop();
});

test('says what is missing, and makes no database where it should find one', async () => {
  await expect(backup(embedded('nowhere'), [path('none.dump')])).rejects.toThrow('no embedded database');
  await expect(migrateTo(embedded('nowhere'), ['postgres://example.test/tandem'])).rejects.toThrow(
    'no embedded',
  );
  await expect(backup(embedded('data'), [])).rejects.toThrow('backup FILE');
  await expect(backup(embedded('data'), [path('none.dump'), '--workspace'])).rejects.toThrow('backup FILE');
  await expect(restore(embedded('data'), [])).rejects.toThrow('restore FILE');
  await expect(migrateTo(embedded('data'), [])).rejects.toThrow('migrate-to postgres://');
  expect(await readdir(folder)).not.toContain('nowhere');
});

test('is reached from the command line, which ends with 1 and a sentence', async () => {
  const run = (...words: string[]) =>
    promisify(execFile)(process.execPath, ['server/main.ts', ...words], {
      env: { ...process.env, TANDEM_CONFIG: devNull, TANDEM_DATA: path('nowhere') },
    });
  await expect(run('restore')).rejects.toMatchObject({
    code: 1,
    stderr: 'Say from where: npm run hub -- restore FILE\n',
  });
  await expect(run('bakcup')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('no command "bakcup". It has: start, ') as string,
  });
});
