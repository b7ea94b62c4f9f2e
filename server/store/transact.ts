import { storeChanges } from '../live/changes.ts';
import type { Database, WriteTransaction } from './database.ts';

/** Does this in one transaction, and lets open pages know what it has changed. Every write of the hub is one of these. */
export function transact<T>(
  db: Database,
  workspaceId: string,
  now: Date,
  work: (tx: WriteTransaction) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (tx) => {
    const result = await work(tx);
    await storeChanges(tx, workspaceId, now);
    return result;
  });
}
