import { Kysely } from 'kysely';
import type { DataFolder } from './data-folder.ts';
import { createPGliteDialect } from './pglite-dialect.ts';
import { PGliteSession } from './pglite-session.ts';
import { perWorkspace, type Scope } from './scope.ts';
import type { Store } from './store.ts';

/** A store on the one session of a started PGlite; closing it closes the database. */
export function createEmbeddedStore(data: Pick<DataFolder, 'wire'> & Partial<DataFolder>): Store {
  const session = new PGliteSession(data.wire);
  const databaseIn = (scope: Scope) => new Kysely<unknown>({ dialect: createPGliteDialect(session, scope) });
  return {
    in: perWorkspace((workspaceId) => databaseIn({ workspaceId })),
    owner: databaseIn('owner'),
    embedded: true,
    died: data.died ?? new Promise(() => undefined),
    close: () => data.close?.() ?? data.wire.close(),
  };
}
