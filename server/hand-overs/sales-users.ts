import { sql } from 'kysely';
import type { WriteTransaction } from '../store/database.ts';
import type { Somebody } from './hand-over-record.ts';

/** Who owns these people, by the person's id. */
export async function readOwners(
  tx: WriteTransaction,
  workspaceId: string,
  personIds: readonly string[],
): Promise<Map<string, Somebody>> {
  const { rows } = await sql<{ personId: string; owner: Somebody }>`
    select p.id as "personId", json_build_object('id', u.id, 'name', u.name) as owner
    from people p
    join users u on u.workspace_id = ${workspaceId} and u.id = p.owner_id
    where p.workspace_id = ${workspaceId} and p.id = any(${personIds}::uuid[])`.execute(tx);
  return new Map(rows.map(({ personId, owner }) => [personId, owner]));
}

/** Somebody of sales who may have leads; undefined when this is none. */
export async function readSalesUser(
  tx: WriteTransaction,
  workspaceId: string,
  id: string,
): Promise<Somebody | undefined> {
  const { rows } = await sql<Somebody>`
    select u.id, u.name from users u
    where u.workspace_id = ${workspaceId} and u.id = ${id} and u.team = 'sales' and u.deactivated_at is null`.execute(
    tx,
  );
  return rows[0];
}

/** Whom a broken promise of sales is told; undefined when sales has no manager. */
export async function salesManager(tx: WriteTransaction, workspaceId: string): Promise<Somebody | undefined> {
  const { rows } = await sql<Somebody>`
    select u.id, u.name from users u
    where u.workspace_id = ${workspaceId} and u.team = 'sales' and u.role = 'manager'
      and u.deactivated_at is null
    order by u.name, u.id limit 1`.execute(tx);
  return rows[0];
}

/** Who of sales has the fewest open hand-overs, reps first, and not this one; undefined when there is nobody else. */
export async function leastBusy(
  tx: WriteTransaction,
  workspaceId: string,
  exceptId: string | undefined,
): Promise<Somebody | undefined> {
  const { rows } = await sql<Somebody>`
    select u.id, u.name from users u
    where u.workspace_id = ${workspaceId} and u.team = 'sales' and u.id is distinct from ${exceptId ?? null}::uuid
      and u.deactivated_at is null
    order by u.role <> 'rep', (
        select count(*) from hand_overs h
        where h.workspace_id = ${workspaceId} and h.owner_id = u.id and h.open
      ), u.name, u.id
    limit 1`.execute(tx);
  return rows[0];
}

/** Makes somebody the owner of a lead. */
export async function setOwner(
  tx: WriteTransaction,
  workspaceId: string,
  personId: string,
  ownerId: string,
): Promise<void> {
  await sql`
    update people p set owner_id = ${ownerId}
    where p.workspace_id = ${workspaceId} and p.id = ${personId}`.execute(tx);
}
