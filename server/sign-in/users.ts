import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { NewInvitation, User, UserPatch } from '../../utils/contract/session.ts';
import { noteChanges } from '../live/changes.ts';
import { ProblemError } from '../problem.ts';
import type { Database, WriteTransaction } from '../store/database.ts';
import { readActiveUser } from '../store/workspaces.ts';
import { endSessions } from './sessions.ts';

/** Who has this address; undefined when nobody does who works here. */
export async function findUserByEmail(
  db: Database,
  workspaceId: string,
  email: string,
): Promise<User | undefined> {
  const { rows } = await sql<User>`
    select u.id, u.name, u.email, u.role, u.team from users u
    where u.workspace_id = ${workspaceId} and lower(u.email) = lower(${email})
      and u.deactivated_at is null`.execute(db);
  return rows[0];
}

/**
 * Sees to it that somebody with this address can sign in. Whoever can already is left as they are; somebody
 * who was shut out comes back as the invitation says.
 */
export async function inviteUser(
  tx: WriteTransaction,
  workspaceId: string,
  { email, name, role, team }: NewInvitation,
): Promise<User> {
  const changed = await sql`
    insert into users (workspace_id, id, email, name, role, team)
    values (${workspaceId}, ${uuid()}, ${email}, ${name}, ${role}, ${team})
    on conflict (workspace_id, lower(email)) do update
      set name = excluded.name, role = excluded.role, team = excluded.team, deactivated_at = null
      where users.workspace_id = ${workspaceId} and users.deactivated_at is not null`.execute(tx);
  const user = (await findUserByEmail(tx, workspaceId, email))!;
  if (Number(changed.numAffectedRows ?? 0) > 0) noteChanges(tx, 'users', [user.id]);
  return user;
}

/** Changes what an administrator may change. Throws `conflict` rather than leave nobody to administrate. */
export async function patchUser(
  tx: WriteTransaction,
  workspaceId: string,
  id: string,
  { name, role, team }: UserPatch,
): Promise<User> {
  if (role !== undefined && role !== 'admin') await keepAnAdmin(tx, workspaceId, id);
  await sql`
    update users u set name = coalesce(${name ?? null}, u.name), role = coalesce(${role ?? null}, u.role),
      team = coalesce(${team ?? null}, u.team)
    where u.workspace_id = ${workspaceId} and u.id = ${id} and u.deactivated_at is null`.execute(tx);
  const user = await readActiveUser(tx, workspaceId, id);
  if (!user) throw nobody();
  noteChanges(tx, 'users', [id]);
  return user;
}

/** Shuts somebody out, at once. Throws `conflict` for the last administrator. */
export async function deactivateUser(
  tx: WriteTransaction,
  workspaceId: string,
  id: string,
  now: Date,
): Promise<void> {
  await keepAnAdmin(tx, workspaceId, id);
  const result = await sql`
    update users u set deactivated_at = ${now.toISOString()}
    where u.workspace_id = ${workspaceId} and u.id = ${id} and u.deactivated_at is null`.execute(tx);
  if (Number(result.numAffectedRows ?? 0) === 0) throw nobody();
  await endSessions(tx, workspaceId, { userId: id }, now);
  await sql`
    delete from sign_in_secrets s where s.workspace_id = ${workspaceId} and s.user_id = ${id}`.execute(tx);
  noteChanges(tx, 'users', [id]);
}

/** Locks all administrators, so that two of them cannot remove each other at the same moment. */
async function keepAnAdmin(tx: WriteTransaction, workspaceId: string, id: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select u.id from users u
    where u.workspace_id = ${workspaceId} and u.role = 'admin' and u.deactivated_at is null
    order by u.id for update`.execute(tx);
  if (rows.length === 1 && rows[0]!.id === id) {
    throw new ProblemError('conflict', 'This is the last administrator. Make somebody else one first.');
  }
}

export const nobody = () => new ProblemError('not-found', 'Nobody in this workspace has this id.');
