import { sql } from 'kysely';
import type { Database, WriteTransaction } from '../store/database.ts';
import { followAlias } from './merges.ts';

/** One human being with everything that merges and sources call them. */
export interface WholePerson {
  keptId: string;
  /** The kept one's first, then those that lead there: of who was merged with them, and ids that only sources use. */
  ids: string[];
}

/** Who is meant by an id, be it their own or one that leads to them; says nothing of whether there is anybody. */
export async function readWholePerson(db: Database, workspaceId: string, id: string): Promise<WholePerson> {
  const keptId = await followAlias(db, workspaceId, id);
  const { rows } = await sql<{ id: string }>`
    select a.id from person_aliases a
    where a.workspace_id = ${workspaceId} and a.person_id = ${keptId} order by a.id`.execute(db);
  return { keptId, ids: [keptId, ...rows.map((alias) => alias.id)] };
}

/** The same, kept from every other writer until the transaction ends: nobody is merged with them or parted from them. */
export async function lockWholePerson(
  tx: WriteTransaction,
  workspaceId: string,
  id: string,
): Promise<WholePerson> {
  let whole = await readWholePerson(tx, workspaceId, id);
  for (;;) {
    await sql`
      select 1 from people p
      where p.workspace_id = ${workspaceId} and p.id = any(${whole.ids}::uuid[])
      order by p.id for update`.execute(tx);
    // Somebody else may have merged or parted them until the lock was there.
    const locked = await readWholePerson(tx, workspaceId, id);
    if (String(locked.ids) === String(whole.ids)) return locked;
    whole = locked;
  }
}
