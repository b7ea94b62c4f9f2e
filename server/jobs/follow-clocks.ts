import { claimChangedClocks, saveIndexClocks } from '../hand-overs/store.ts';
import type { Database } from '../store/database.ts';
import { transact } from '../store/transact.ts';

/**
 * Tells the lead index of some clocks that time alone has changed: they started, came close to their end or ran out,
 * or a pause began or ended.
 *
 * @returns whether there were some; call it again then.
 */
export function followClocks(db: Database, workspaceId: string, now: Date): Promise<boolean> {
  return transact(db, workspaceId, now, async (tx) => {
    const changed = await claimChangedClocks(tx, workspaceId, now);
    await saveIndexClocks(tx, workspaceId, changed, now);
    return changed.length > 0;
  });
}
