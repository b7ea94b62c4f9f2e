import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { Database, WriteTransaction } from '../store/database.ts';
import type { SourceError } from './source-error.ts';
import { SOURCE_COLUMNS, type StoredSource } from './source-store.ts';

/** Should this process die, another goes on after so long. Longer than any single request takes with its waits. */
const LEASE_MS = 5 * 60_000;
/** Renewed when so much of it has passed. */
export const RENEW_AFTER_MS = 60_000;

/** A source that this process has for a while. */
export interface ClaimedSource {
  source: StoredSource;
  lease: string;
}

/** The lease has ended, or the source was changed or removed: whoever has it now goes on. */
export class LeaseLostError extends Error {}

/** Takes the source that is due longest, unless another hub is at it. */
export async function claimSource(
  db: Database,
  workspaceId: string,
  now: Date,
): Promise<ClaimedSource | null> {
  const lease = uuid();
  const at = now.toISOString();
  const { rows } = await sql<StoredSource>`
    update sources s set lease = ${lease}, lease_until = ${until(now)}
    where s.workspace_id = ${workspaceId} and s.system = (
      select q.system from sources q
      where q.workspace_id = ${workspaceId} and q.enabled and q.due_at <= ${at}
        and (q.lease_until is null or q.lease_until <= ${at})
      order by q.due_at, q.system limit 1 for update skip locked)
    returning ${SOURCE_COLUMNS}`.execute(db);
  return rows[0] ? { source: rows[0], lease } : null;
}

/**
 * Keeps a claimed source for longer. In a transaction it also keeps everybody else from it until that ends.
 *
 * @throws LeaseLostError
 */
export async function holdLease(
  db: Database,
  workspaceId: string,
  { source: { system }, lease }: ClaimedSource,
  now: Date,
): Promise<void> {
  const { numAffectedRows } = await sql`
    update sources s set lease_until = ${until(now)}
    where s.workspace_id = ${workspaceId} and s.system = ${system} and s.lease = ${lease}`.execute(db);
  if (numAffectedRows !== 1n) throw new LeaseLostError('Another turn has this source.');
}

/** Gives a source back and says when there is something to do again. Nothing was wrong with the system as a whole. */
export async function releaseLease(
  tx: WriteTransaction,
  workspaceId: string,
  { source: { system }, lease }: ClaimedSource,
  dueAt: Date,
): Promise<void> {
  await sql`
    update sources s set lease = null, lease_until = null, due_at = ${dueAt.toISOString()}
    where s.workspace_id = ${workspaceId} and s.system = ${system} and s.lease = ${lease}`.execute(tx);
}

/** Notes on a source that is held what keeps it from answering. */
export async function saveFailure(
  tx: WriteTransaction,
  workspaceId: string,
  { source: { system } }: ClaimedSource,
  { failure, detail }: SourceError,
  now: Date,
): Promise<void> {
  await sql`
    update sources s set failures = s.failures + 1, failure = ${failure}, failure_detail = ${detail},
      failed_at = ${now.toISOString()}
    where s.workspace_id = ${workspaceId} and s.system = ${system}`.execute(tx);
}

/** Notes on a source that is held that it answers, and perhaps that a pull has come to its end. */
export async function saveSuccess(
  tx: WriteTransaction,
  workspaceId: string,
  { source: { system } }: ClaimedSource,
  finishedAt: Date | null,
): Promise<void> {
  await sql`
    update sources s set failures = 0, failure = null, failure_detail = null, failed_at = null,
      last_success_at = coalesce(${finishedAt?.toISOString() ?? null}::timestamptz, s.last_success_at)
    where s.workspace_id = ${workspaceId} and s.system = ${system}`.execute(tx);
}

/** Notes when what has changed is to be asked for the next time. */
export async function saveNextRound(
  tx: WriteTransaction,
  workspaceId: string,
  { source: { system } }: ClaimedSource,
  at: Date,
): Promise<void> {
  await sql`
    update sources s set next_round_at = ${at.toISOString()}
    where s.workspace_id = ${workspaceId} and s.system = ${system}`.execute(tx);
}

const until = (now: Date) => new Date(now.getTime() + LEASE_MS).toISOString();
