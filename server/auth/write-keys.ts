import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { WriteKey } from '../../utils/contract/write-key.ts';
import type { Hub } from '../hub.ts';
import type { Database, WriteTransaction } from '../store/database.ts';
import { instant } from '../store/json.ts';
import { hashOfSecret, makeSecret, workspaceOfSecret } from './workspace-secret.ts';

const PREFIX = 'tdw_';
/** How old the noted last use must be to be written again: programs send often. */
const NOTED_AGAIN_MS = 60 * 60_000;

/** A program that may send data, and nothing else. */
export interface WriteKeyHolder {
  workspaceId: string;
  writeKeyId: string;
  /** Names the key without being usable as it. */
  tokenHash: string;
}

/** Whether a credential looks like a write key; says nothing of whether it is good. */
export const isWriteKey = (credential: string) => credential.startsWith(PREFIX);

/** Whose write key this is; null when it is not one of ours or was deleted. Notes that it was used. */
export async function readWriteKey(
  { databaseOf, clock }: Pick<Hub, 'databaseOf' | 'clock'>,
  key: string,
): Promise<WriteKeyHolder | null> {
  const workspaceId = workspaceOfSecret(PREFIX, key);
  if (workspaceId === null) return null;
  const db = databaseOf(workspaceId);
  const hash = hashOfSecret(key);
  const now = clock();
  const before = new Date(now.getTime() - NOTED_AGAIN_MS).toISOString();
  const { rows } = await sql<{ id: string; stale: boolean }>`
    select k.id, k.last_used_at is null or k.last_used_at <= ${before} as stale from write_keys k
    where k.workspace_id = ${workspaceId} and k.key_hash = ${hash}`.execute(db);
  if (!rows[0]) return null;
  const { id, stale } = rows[0];
  if (stale) {
    await sql`
      update write_keys k set last_used_at = ${now.toISOString()}
      where k.workspace_id = ${workspaceId} and k.id = ${id}`.execute(db);
  }
  return { workspaceId, writeKeyId: id, tokenHash: hash.toString('hex') };
}

/** Makes a write key; returns its id and the key, of which only the SHA-256 is stored. */
export async function createWriteKey(
  tx: WriteTransaction,
  workspaceId: string,
  { name, by, at }: { name: string; by: string; at: Date },
): Promise<{ id: string; key: string }> {
  const id = uuid();
  const key = makeSecret(PREFIX, workspaceId);
  await sql`
    insert into write_keys (workspace_id, id, key_hash, name, created_by, created_at)
    values (${workspaceId}, ${id}, ${hashOfSecret(key)}, ${name}, ${by}, ${at.toISOString()})`.execute(tx);
  return { id, key };
}

/** The write keys of a workspace, oldest first. */
export async function listWriteKeys(db: Database, workspaceId: string): Promise<WriteKey[]> {
  const { rows } = await sql<WriteKey>`
    select k.id, k.name, json_build_object('id', u.id, 'name', u.name) as "createdBy",
      ${instant('k.created_at')} as "createdAt", ${instant('k.last_used_at')} as "lastUsedAt"
    from write_keys k
    join users u on u.workspace_id = ${workspaceId} and u.id = k.created_by
    where k.workspace_id = ${workspaceId} order by k.created_at, k.id`.execute(db);
  return rows;
}

/** Deletes a write key; it is good for nothing from then on. False when there is none. */
export async function deleteWriteKey(
  tx: WriteTransaction,
  workspaceId: string,
  id: string,
): Promise<boolean> {
  const deleted = await sql`
    delete from write_keys k where k.workspace_id = ${workspaceId} and k.id = ${id}`.execute(tx);
  return deleted.numAffectedRows === 1n;
}
