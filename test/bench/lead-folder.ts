import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { openDataFolder } from '../../server/store/data-folder.ts';
import type { Database } from '../../server/store/database.ts';
import { createEmbeddedStore } from '../../server/store/embedded-store.ts';
import { bringUpToDate, dataVersion, makeLeads } from './lead-data.ts';

const HOME = fileURLToPath(new URL('../../.tandem/bench/', import.meta.url));

/** Where the leads of this program's schema are kept between runs; those of other schemas are removed. */
export async function leadFolder(): Promise<string> {
  await mkdir(HOME, { recursive: true });
  const name = `leads-${await dataVersion()}`;
  for (const other of await readdir(HOME)) {
    if (other !== name) await rm(join(HOME, other), { recursive: true, force: true });
  }
  return join(HOME, name);
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
    if (existsSync(done)) await bringUpToDate(db);
    else await makeLeads(db, (step) => console.log(`  making leads: ${step}`));
    await writeFile(done, '');
    return await work(db);
  } finally {
    await data.close();
  }
}
