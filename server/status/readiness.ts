import { sql } from 'kysely';
import type { Hub } from '../hub.ts';
import type { Database } from '../store/database.ts';
import { readMigrations } from '../store/migrate.ts';

/** Why the hub takes no requests, in one word. */
export type NotReady = 'stopping' | 'database' | 'migrations';

const PATIENCE_MS = 2_000;

/** Makes the question whether the hub can do its work now; null: it can. */
export function createReadiness(
  hub: Pick<Hub, 'stopping' | 'databaseOf' | 'workspaceId'>,
): () => Promise<NotReady | null> {
  let needed: Promise<string[]> | undefined;
  return async () => {
    if (hub.stopping.aborted) return 'stopping';
    needed ??= readMigrations().then((migrations) => migrations.map(({ name }) => name));
    const done = await inTime(appliedMigrations(hub.databaseOf(hub.workspaceId)));
    if (done === null) return 'database';
    // More than these are a newer hub's, which is just taking over.
    return (await needed).every((name) => done.has(name)) ? null : 'migrations';
  };
}

async function appliedMigrations(db: Database): Promise<Set<string>> {
  const { rows } = await sql<{ name: string }>`select m.name from migrations m`.execute(db);
  return new Set(rows.map(({ name }) => name));
}

/** Null when it fails or takes too long. */
async function inTime<T>(work: Promise<T>): Promise<T | null> {
  const { promise: late, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(resolve, PATIENCE_MS, null);
  const result = await Promise.race([work.catch(() => null), late]);
  clearTimeout(timer);
  return result;
}
