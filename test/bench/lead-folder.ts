import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { openDataFolder } from '../../server/store/data-folder.ts';
import type { Database } from '../../server/store/database.ts';
import { createEmbeddedStore } from '../../server/store/embedded-store.ts';
import { dataVersion, makeLeads, MILLION } from './lead-data.ts';

const HOME = fileURLToPath(new URL('../../.tandem/bench/', import.meta.url));

/**
 * Where one engine keeps the leads of this program's schema between runs; those of other schemas are removed. Making
 * them takes long, so that what one engine lost must not take the other's away.
 */
export async function leadFolder(engine: 'embedded' | 'server'): Promise<string> {
  await mkdir(HOME, { recursive: true });
  const name = `leads-${await dataVersion()}`;
  for (const other of await readdir(HOME)) {
    if (other !== name) await rm(join(HOME, other), { recursive: true, force: true });
  }
  return join(HOME, name, engine);
}

/** Works with the database of the leads, making it first when it is not there. */
export async function withLeads<Result>(
  folder: string,
  work: (db: Database) => Promise<Result>,
): Promise<Result> {
  const done = join(folder, 'complete');
  if (!existsSync(done)) await rm(folder, { recursive: true, force: true });
  const data = await openDataFolder(folder);
  const db = createEmbeddedStore(data).owner;
  try {
    if (!existsSync(done)) {
      await makeLeads(db, MILLION, (step) => console.log(`  making leads on PGlite: ${step}`));
      await writeFile(done, '');
    }
    return await work(db);
  } finally {
    await data.close();
  }
}
