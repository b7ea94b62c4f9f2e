import { forgetExpiredSessions } from '../auth/tokens.ts';
import type { Database } from '../store/database.ts';
import { forgetOldKeys } from '../store/idempotency.ts';
import { forgetOldImports } from './import.ts';

/** Forgets what nobody can use any more. */
export async function tidy(db: Database, workspaceId: string, now: Date): Promise<boolean> {
  await forgetOldKeys(db, workspaceId, now);
  await forgetExpiredSessions(db, workspaceId, now);
  await forgetOldImports(db, workspaceId, now);
  return false;
}
