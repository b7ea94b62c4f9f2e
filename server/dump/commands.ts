import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Environment, EnvironmentError } from '../environment.ts';
import { migrate } from '../store/migrate.ts';
import { openStore } from '../store/open-store.ts';
import { createPostgresStore } from '../store/postgres-store.ts';
import type { Store } from '../store/store.ts';
import { readDumpFile, writeDumpFile } from './dump-file.ts';
import { DumpError, type DumpItem } from './dump-format.ts';
import { readDatabase } from './read-database.ts';
import { writeDatabase } from './write-database.ts';

const say = (text: string) => process.stderr.write(`${text}\n`);

/** `backup FILE [--workspace ID]`: writes everything the hub's database holds, or one workspace of it, into a file. */
export async function backup(environment: Environment, [file, ...options]: string[]): Promise<void> {
  const [option, workspaceId = null] = options;
  if (file === undefined || (option !== undefined && (option !== '--workspace' || workspaceId === null))) {
    throw new DumpError('Say where to: npm run hub -- backup FILE [--workspace ID]');
  }
  if (environment.DATABASE_URL === undefined) requireDatabase(environment.TANDEM_DATA);
  await withStore(await openStore(environment), ({ owner }) =>
    readDatabase(owner, { workspaceId, now: new Date() }, (items) => writeDumpFile(file, telling(items))),
  );
  say(`Everything is in ${file}. It holds personal data: keep it as you keep the database.`);
}

/** `restore FILE`: writes a backup into the hub's database, which has to be empty. */
export async function restore(environment: Environment, [file]: string[]): Promise<void> {
  if (file === undefined) throw new DumpError('Say from where: npm run hub -- restore FILE');
  const store = await openStore(environment);
  const { rows } = await withStore(store, ({ owner }) => writeDatabase(owner, telling(readDumpFile(file))));
  say(`${rows} rows were restored and compared with the backup. Start the hub.`);
}

/** `migrate-to DATABASE_URL`: copies the embedded database to a server, as the role that is to own the tables. */
export async function migrateTo(environment: Environment, [url]: string[]): Promise<void> {
  if (url === undefined)
    throw new DumpError('Say where to: npm run hub -- migrate-to postgres://owner:…@host/database');
  const folder = environment.TANDEM_DATA;
  requireDatabase(folder);
  await withStore(await openStore({ ...environment, DATABASE_URL: undefined }), async (source) => {
    await migrate(source.owner);
    await withStore(createPostgresStore({ url }), async (target) => {
      await readDatabase(source.owner, { workspaceId: null, now: new Date() }, async (items) => {
        await writeDatabase(target.owner, telling(items));
      });
    });
  });
  say(
    'Every table on the server holds what the embedded one holds: rows were counted and compared. Now set ' +
      `DATABASE_URL, and DATABASE_OWNER_URL if the hub is to use another role, and start the hub. ${folder} was ` +
      'left as it was; remove it when you no longer need it.',
  );
}

/** Opening a folder would make a new, empty database where there is none. */
function requireDatabase(folder: string): void {
  if (existsSync(join(folder, 'postgres'))) return;
  throw new EnvironmentError(`TANDEM_DATA=${folder}: there is no embedded database in it.`);
}

async function withStore<T>(store: Store, work: (store: Store) => Promise<T>): Promise<T> {
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Says how far it is. */
async function* telling(items: AsyncIterable<DumpItem>): AsyncGenerator<DumpItem> {
  for await (const item of items) {
    yield item;
    if ('end' in item && item.rows > 0) say(`${item.end}: ${item.rows} rows`);
  }
}
