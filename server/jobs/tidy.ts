import { forgetExpired } from '../sign-in/sessions.ts';
import type { Database } from '../store/database.ts';
import { forgetOldKeys } from '../store/idempotency.ts';
import { forgetOldChanges } from '../live/changes.ts';

/** Forgets what nobody can use any more. */
export async function tidy(db: Database, workspaceId: string, now: Date): Promise<boolean> {
  await forgetOldKeys(db, workspaceId, now);
  await forgetExpired(db, workspaceId, now);
  await forgetOldChanges(db, workspaceId, now);
  return false;
}
