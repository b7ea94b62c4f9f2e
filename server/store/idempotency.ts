import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { ProblemError } from '../problem.ts';
import type { Secrets } from '../secrets.ts';
import type { Database, WriteTransaction } from './database.ts';

/** A client that was away longer than this has given up on its click. */
const DAYS_KEPT = 30;

export interface StoredAnswer {
  status: 200 | 204;
  body: string;
  /** True when it was stored by an earlier request with the same key. */
  replayed?: boolean;
}

interface KeyedRequest {
  workspaceId: string;
  key: string;
  /** Everything that makes the request this one: who, what, where. */
  parts: readonly string[];
  now: Date;
}

/**
 * Runs `work` once per key: the key is written in the transaction of the work, so both happen or
 * neither, and a second request with the key waits for the first and gets its answer.
 *
 * @throws ProblemError `idempotency-key-reused` when the key came with another request.
 */
export async function once(
  tx: WriteTransaction,
  { workspaceId, key, parts, now }: KeyedRequest,
  work: () => Promise<StoredAnswer>,
): Promise<StoredAnswer> {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest();
  const claimed = await sql`
    insert into idempotency_keys (workspace_id, key, request_hash, created_at)
    values (${workspaceId}, ${key}, ${hash}, ${now.toISOString()})
    on conflict do nothing`.execute(tx);
  if (Number(claimed.numAffectedRows ?? 0) === 0) return replay(tx, workspaceId, key, hash);
  const answer = await work();
  await sql`
    update idempotency_keys k set status = ${answer.status}, body = ${answer.body}
    where k.workspace_id = ${workspaceId} and k.key = ${key}`.execute(tx);
  return answer;
}

/**
 * The same for an answer that shows a secret: what is stored of it is encrypted. A hub without a key to do so stores
 * nothing, and a repeated request is a new one.
 */
export async function onceSealed(
  secrets: Secrets | null,
  tx: WriteTransaction,
  request: KeyedRequest,
  work: () => Promise<StoredAnswer>,
): Promise<StoredAnswer> {
  const about = { workspaceId: request.workspaceId, purpose: `answer to ${request.key}` };
  if (secrets === null) return work();
  const answer = await once(tx, request, async () => {
    const { status, body } = await work();
    return { status, body: secrets.seal(body, about) };
  });
  return { ...answer, body: secrets.open(answer.body, about) };
}

async function replay(tx: WriteTransaction, workspaceId: string, key: string, hash: Buffer) {
  const { rows } = await sql<StoredAnswer & { same: boolean }>`
    select k.status, k.body, k.request_hash = ${hash} as same
    from idempotency_keys k where k.workspace_id = ${workspaceId} and k.key = ${key}`.execute(tx);
  const stored = rows[0];
  if (stored?.same !== true) {
    throw new ProblemError('idempotency-key-reused', 'Make a new Idempotency-Key for every new request.');
  }
  return { status: stored.status, body: stored.body, replayed: true };
}

/** Forgets keys nobody will repeat any more. */
export async function forgetOldKeys(db: Database, workspaceId: string, now: Date): Promise<void> {
  const before = new Date(now.getTime() - DAYS_KEPT * 24 * 60 * 60_000).toISOString();
  await sql`
    delete from idempotency_keys k
    where k.workspace_id = ${workspaceId} and k.created_at < ${before}`.execute(db);
}
