import { sql } from 'kysely';
import type { WriteTransaction } from '../store/database.ts';
import { assignHandOver, type Somebody } from './hand-over-record.ts';
import { lockLatest, saveHandOvers } from './store.ts';

/** Gives open hand-overs to the owners that a source has named for these people; call it after they are stored. */
export async function followOwners(
  tx: WriteTransaction,
  workspaceId: string,
  personIds: readonly string[],
  now: Date,
): Promise<void> {
  const { rows } = await sql<{ personId: string; owner: Somebody }>`
    select p.id as "personId", json_build_object('id', u.id, 'name', u.name) as owner
    from people p
    join users u on u.workspace_id = ${workspaceId} and u.id = p.owner_id
    join hand_overs h on h.workspace_id = ${workspaceId} and h.person_id = p.id and h.open
    where p.workspace_id = ${workspaceId} and p.id = any(${personIds}::uuid[])
      and h.owner_id is distinct from p.owner_id`.execute(tx);
  if (rows.length === 0) return;
  const owners = new Map(rows.map(({ personId, owner }) => [personId, owner]));
  const records = await lockLatest(tx, workspaceId, [...owners.keys()]);
  const changed = records.flatMap((record) => {
    const owner = owners.get(record.personId);
    return owner ? [assignHandOver(record, owner, now)] : [];
  });
  await saveHandOvers(tx, workspaceId, changed);
}
