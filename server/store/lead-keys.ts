import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { lockPeople } from '../qualification/lock-people.ts';
import type { Database, WriteTransaction } from './database.ts';
import { lockCounter, refreshLeadIndex } from './lead-index.ts';

const KEY_BYTES = 32;
/** So many people get their entries in one transaction: few enough that other writers hardly wait. */
const PEOPLE = 200;
/** So many entries of a retired key are removed in one transaction. */
const ENTRIES = 5_000;

/** The first key of a new workspace. */
export async function createLeadKey(tx: WriteTransaction, workspaceId: string): Promise<void> {
  await insertKey(tx, workspaceId, 1, 'current');
}

/**
 * Begins to change the key of the lead index; where that is under way already, it stays so. From the next commit on
 * every writer makes entries under both keys, and `rotateLeadKey` makes those of everybody else.
 *
 * @returns the ids of the key that clients have, and of the one they will get.
 */
export async function startRotation(
  tx: WriteTransaction,
  workspaceId: string,
): Promise<{ keyId: string; nextKeyId: string }> {
  await sql`select 1 from workspaces w where w.workspace_id = ${workspaceId} for no key update`.execute(tx);
  // Whoever writes entries holds the counter until the end: those who know one key only have committed by now,
  // and the people they wrote are seen when entries are made.
  await lockCounter(tx, workspaceId);
  const { rows } = await sql<{ id: string; number: number; state: string }>`
    select k.id, k.number, k.state from lead_keys k
    where k.workspace_id = ${workspaceId} order by k.number`.execute(tx);
  const current = rows.find(({ state }) => state === 'current');
  if (!current) throw new Error('The workspace has no key for its lead index.');
  const next = rows.find(({ state }) => state === 'next')?.id;
  const number = Math.max(...rows.map((row) => row.number)) + 1;
  return { keyId: current.id, nextKeyId: next ?? (await insertKey(tx, workspaceId, number, 'next')) };
}

async function insertKey(
  tx: WriteTransaction,
  workspaceId: string,
  number: number,
  state: 'current' | 'next',
): Promise<string> {
  const id = uuid();
  await sql`
    insert into lead_keys (workspace_id, number, id, key, state)
    values (${workspaceId}, ${number}, ${id}, ${randomBytes(KEY_BYTES)}, ${state})`.execute(tx);
  return id;
}

/**
 * Does some of what a change of the key still asks for: entries under the next key, then the change itself, then
 * removing the old entries. Several hubs may do so: whoever finds another one at it leaves it alone.
 *
 * @returns whether there was something; call it again then.
 */
export function rotateLeadKey(db: Database, workspaceId: string): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ next: number | null; retired: number | null; madeTo: string | null }>`
      select
        (select k.number from lead_keys k where k.workspace_id = ${workspaceId} and k.state = 'next') as next,
        (select min(k.number) from lead_keys k where k.workspace_id = ${workspaceId} and k.state = 'retired') as retired,
        (select k.made_to from lead_keys k where k.workspace_id = ${workspaceId} and k.state = 'next') as "madeTo"
      from workspaces w where w.workspace_id = ${workspaceId} for no key update skip locked`.execute(tx);
    const { next = null, retired = null, madeTo = null } = rows[0] ?? {};
    if (next !== null) {
      const madeNow = await makeEntries(tx, workspaceId, madeTo);
      await (madeNow === null ? promote(tx, workspaceId) : noteMade(tx, workspaceId, madeNow));
      return true;
    }
    if (retired === null) return false;
    await removeEntries(tx, workspaceId, retired);
    return true;
  });
}

/** Makes the entries of the people that follow; returns the last of them, null when there was nobody left. */
async function makeEntries(
  tx: WriteTransaction,
  workspaceId: string,
  after: string | null,
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select p.id from people p
    where p.workspace_id = ${workspaceId} and p.archived_at is null and (${after}::uuid is null or p.id > ${after})
    order by p.id limit ${PEOPLE}`.execute(tx);
  const ids = rows.map(({ id }) => id);
  await lockPeople(tx, workspaceId, ids);
  await refreshLeadIndex(tx, workspaceId, ids);
  return ids.at(-1) ?? null;
}

async function noteMade(tx: WriteTransaction, workspaceId: string, madeTo: string): Promise<void> {
  await sql`
    update lead_keys k set made_to = ${madeTo}
    where k.workspace_id = ${workspaceId} and k.state = 'next'`.execute(tx);
}

async function promote(tx: WriteTransaction, workspaceId: string): Promise<void> {
  await sql`
    update lead_keys k set state = 'retired'
    where k.workspace_id = ${workspaceId} and k.state = 'current'`.execute(tx);
  await sql`
    update lead_keys k set state = 'current', made_to = null
    where k.workspace_id = ${workspaceId} and k.state = 'next'`.execute(tx);
}

/** Removes some entries of a retired key, and the key with the last of them. */
async function removeEntries(tx: WriteTransaction, workspaceId: string, keyNumber: number): Promise<void> {
  const removed = await sql`
    delete from lead_index i
    where i.workspace_id = ${workspaceId} and i.key_number = ${keyNumber} and i.seq in (
      select o.seq from lead_index o
      where o.workspace_id = ${workspaceId} and o.key_number = ${keyNumber} limit ${ENTRIES})`.execute(tx);
  if (Number(removed.numAffectedRows ?? 0) === ENTRIES) return;
  await sql`
    delete from lead_keys k where k.workspace_id = ${workspaceId} and k.number = ${keyNumber}`.execute(tx);
}
