import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Database, WriteTransaction } from '../store/database.ts';

/** Longer than any system goes on delivering the same. */
const DAYS = 7;

/** Notes that a webhook has come; false when it had before. */
export async function takeReceipt(
  tx: WriteTransaction,
  workspaceId: string,
  { system, replayKey, now }: { system: string; replayKey: string; now: Date },
): Promise<boolean> {
  const hash = createHash('sha256').update(replayKey).digest();
  const { numAffectedRows } = await sql`
    insert into webhook_receipts (workspace_id, system, key_hash, received_at)
    values (${workspaceId}, ${system}, ${hash}, ${now.toISOString()})
    on conflict do nothing`.execute(tx);
  return numAffectedRows === 1n;
}

/** Forgets what came from a system. */
export async function forgetReceipts(
  tx: WriteTransaction,
  workspaceId: string,
  { system }: { system: string },
): Promise<void> {
  await sql`
    delete from webhook_receipts r where r.workspace_id = ${workspaceId} and r.system = ${system}`.execute(
    tx,
  );
}

/** Forgets what nobody delivers again. */
export async function forgetOldReceipts(db: Database, workspaceId: string, now: Date): Promise<void> {
  const before = new Date(now.getTime() - DAYS * 86_400_000).toISOString();
  await sql`
    delete from webhook_receipts r where r.workspace_id = ${workspaceId} and r.received_at <= ${before}`.execute(
    db,
  );
}
