import { sql } from 'kysely';
import type { WriteTransaction } from '../store/database.ts';

/**
 * Keeps people's rows from other writers until the transaction ends. Whatever changes what is known of people
 * does so first, and in this one order: then two of them may wait for each other, but never both at once.
 *
 * @returns who of them there is.
 */
export async function lockPeople(
  tx: WriteTransaction,
  workspaceId: string,
  personIds: readonly string[] | 'everyone',
): Promise<string[]> {
  const wanted = personIds === 'everyone' ? sql`true` : sql`p.id = any(${[...new Set(personIds)]}::uuid[])`;
  const { rows } = await sql<{ id: string }>`
    select p.id from people p
    where p.workspace_id = ${workspaceId} and p.archived_at is null and ${wanted}
    order by p.id for no key update`.execute(tx);
  return rows.map(({ id }) => id);
}

/** The same, but leaves out whom somebody else has at hand. */
export async function lockFreePeople(
  tx: WriteTransaction,
  workspaceId: string,
  personIds: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select p.id from people p
    where p.workspace_id = ${workspaceId} and p.id = any(${[...new Set(personIds)]}::uuid[])
    order by p.id for no key update skip locked`.execute(tx);
  return rows.map(({ id }) => id);
}
