import type { Environment } from '../environment.ts';
import { openDataFolder } from './data-folder.ts';
import { createEmbeddedStore } from './embedded-store.ts';
import { createPostgresStore } from './postgres-store.ts';
import type { Store } from './store.ts';

type Where = Pick<Environment, 'DATABASE_URL' | 'DATABASE_OWNER_URL' | 'TANDEM_DATA'>;

/**
 * Opens the database that the settings name: a PostgreSQL server, or else the embedded one in its folder.
 *
 * @throws DataFolderError when the folder cannot be used.
 */
export async function openStore({ DATABASE_URL, DATABASE_OWNER_URL, TANDEM_DATA }: Where): Promise<Store> {
  if (DATABASE_URL !== undefined) {
    return createPostgresStore({ url: DATABASE_URL, ownerUrl: DATABASE_OWNER_URL });
  }
  return createEmbeddedStore(await openDataFolder(TANDEM_DATA));
}
