import { createHmac, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { NewPerson } from '../../utils/contract/ingest.ts';
import type { ErasureLift } from '../../utils/contract/erasure.ts';
import type { ExternalId } from '../../utils/contract/primitives.ts';
import { normaliseEmail } from '../../utils/domain/email.ts';
import type { Database, WriteTransaction } from '../store/database.ts';
import { insertRows } from '../store/insert-rows.ts';

/** What led to a person. */
type Traces = Pick<NewPerson, 'id' | 'emails' | 'externalIds'>;

/** Remembers, as keyed hashes, by what sources would bring these people back. */
export async function layTombstones(
  tx: WriteTransaction,
  workspaceId: string,
  { erasureId, people, now }: { erasureId: string; people: readonly Traces[]; now: Date },
): Promise<void> {
  await sql`
    insert into erasure_keys (workspace_id, key) values (${workspaceId}, ${randomBytes(32)})
    on conflict do nothing`.execute(tx);
  const key = await readKey(tx, workspaceId);
  if (key === null) throw new Error('The key of erasures is gone.');
  const rows = people.flatMap(textsOf).map((text) => ({
    hash: `\\x${hashOf(key, text).toString('hex')}`,
    erasure_id: erasureId,
    at: now.toISOString(),
  }));
  await insertRows(tx, workspaceId, 'erasures', rows);
}

/** Tells of the people of a batch who among them was erased. */
export async function readErased(
  db: Database,
  workspaceId: string,
  batch: readonly Traces[],
): Promise<(person: Traces) => boolean> {
  const key = await readKey(db, workspaceId);
  if (key === null) return () => false;
  const hashes = batch.flatMap(textsOf).map((text) => hashOf(key, text));
  const { rows } = await sql<{ hash: string }>`
    select encode(e.hash, 'hex') as hash from erasures e
    where e.workspace_id = ${workspaceId} and e.hash = any(${hashes}::bytea[])`.execute(db);
  const erased = new Set(rows.map(({ hash }) => hash));
  return (person) => textsOf(person).some((text) => erased.has(hashOf(key, text).toString('hex')));
}

/** Lets sources bring back whom this led to. Returns the erasure that is forgotten; null when there was none. */
export async function liftTombstones(
  tx: WriteTransaction,
  workspaceId: string,
  by: ErasureLift,
): Promise<string | null> {
  const key = await readKey(tx, workspaceId);
  const text = 'record' in by ? recordText(by.record) : emailText(by.email);
  if (key === null || text === null) return null;
  const { rows } = await sql<{ id: string }>`
    select e.erasure_id as id from erasures e
    where e.workspace_id = ${workspaceId} and e.hash = ${hashOf(key, text)}`.execute(tx);
  const id = rows[0]?.id;
  if (id === undefined) return null;
  await sql`delete from erasures e where e.workspace_id = ${workspaceId} and e.erasure_id = ${id}`.execute(
    tx,
  );
  return id;
}

/** Null while nobody was erased. */
async function readKey(db: Database, workspaceId: string): Promise<Uint8Array | null> {
  const { rows } = await sql<{ key: Uint8Array }>`
    select k.key from erasure_keys k where k.workspace_id = ${workspaceId}`.execute(db);
  return rows[0]?.key ?? null;
}

const hashOf = (key: Uint8Array, text: string) => createHmac('sha256', key).update(text).digest();

function textsOf({ id, emails, externalIds }: Traces): string[] {
  return [`id ${id}`, ...emails.flatMap((email) => emailText(email) ?? []), ...externalIds.map(recordText)];
}

function emailText(written: string): string | null {
  const email = normaliseEmail(written);
  return email === null ? null : `email ${email}`;
}

const recordText = ({ system, tenant, type, id }: ExternalId) =>
  `record ${JSON.stringify([system, tenant ?? '', type, id])}`;
