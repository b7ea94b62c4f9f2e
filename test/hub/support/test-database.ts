import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { createDatabase, type Database } from '../../../server/store/database.ts';
import { createWire } from '../../../server/store/pglite-wire.ts';
import { migrate, readMigrations } from '../../../server/store/migrate.ts';

const CACHE = new URL('../../../node_modules/.cache/tandem/', import.meta.url);

/** An empty, migrated database in memory. Starting PostgreSQL takes seconds, a copy of a started one does not. */
export async function openTestDatabase(): Promise<Database> {
  const pglite = await PGlite.create({ dataDir: 'memory://', loadDataDir: await migratedFolder() });
  return createDatabase(createWire(pglite));
}

async function migratedFolder(): Promise<Blob> {
  const hash = createHash('sha256')
    .update(JSON.stringify(await readMigrations()))
    .digest('hex')
    .slice(0, 16);
  const file = new URL(`${hash}.tar`, CACHE);
  const cached = await readFile(file).catch(() => null);
  if (cached) return new Blob([cached]);
  const pglite = await PGlite.create('memory://');
  await migrate(createDatabase(createWire(pglite)));
  const dump = await pglite.dumpDataDir('none');
  await pglite.close();
  await mkdir(CACHE, { recursive: true });
  // Other test files may be doing the same: the rename lets nobody read half a file.
  const unfinished = new URL(`${hash}.${process.pid}`, CACHE);
  await writeFile(unfinished, new Uint8Array(await dump.arrayBuffer()));
  await rename(unfinished, file);
  return dump;
}
