import { forgetSourceSignIns } from '../connectors/source-sign-ins.ts';
import { forgetOldReceipts } from '../connectors/webhook-receipts.ts';
import { forgetExpired } from '../sign-in/sessions.ts';
import type { Database } from '../store/database.ts';
import { forgetWaiting } from '../segment/waiting.ts';
import { forgetOldKeys } from '../store/idempotency.ts';
import { forgetOldChanges } from '../live/changes.ts';
import { forgetOldImports } from './import.ts';

/** Forgets what nobody can use any more. */
export async function tidy(db: Database, workspaceId: string, now: Date): Promise<boolean> {
  await forgetOldKeys(db, workspaceId, now);
  await forgetExpired(db, workspaceId, now);
  await forgetOldChanges(db, workspaceId, now);
  await forgetWaiting(db, workspaceId, now);
  await forgetOldImports(db, workspaceId, now);
  await forgetSourceSignIns(db, workspaceId, now);
  await forgetOldReceipts(db, workspaceId, now);
  return false;
}
