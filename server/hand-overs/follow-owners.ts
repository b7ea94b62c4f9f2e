import { sql } from 'kysely';
import type { WriteTransaction } from '../store/database.ts';
import { assignHandOver } from './hand-over-record.ts';
import { readOwners } from './sales-users.ts';
import { lockLatest, saveHandOvers } from './store.ts';

/** Gives open hand-overs to the owners that a source has named for these people; call it after they are stored. */
export async function followOwners(
  tx: WriteTransaction,
  workspaceId: string,
  personIds: readonly string[],
  now: Date,
): Promise<void> {
  const { rows } = await sql<{ personId: string }>`
    select h.person_id as "personId" from hand_overs h
    join people p on p.workspace_id = ${workspaceId} and p.id = h.person_id
    where h.workspace_id = ${workspaceId} and h.open and h.person_id = any(${personIds}::uuid[])
      and h.owner_id is distinct from p.owner_id`.execute(tx);
  const ids = rows.map(({ personId }) => personId);
  if (ids.length === 0) return;
  const owners = await readOwners(tx, workspaceId, ids);
  const records = await lockLatest(tx, workspaceId, ids);
  const changed = records.flatMap((record) => {
    const owner = owners.get(record.personId);
    return owner ? [assignHandOver(record, owner, now)] : [];
  });
  await saveHandOvers(tx, workspaceId, changed, now);
}
