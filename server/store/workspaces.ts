import { sql } from 'kysely';
import type { User, Workspace } from '../../utils/contract/session.ts';
import { agreementRow } from './agreements.ts';
import type { Database, WriteTransaction } from './database.ts';
import { defaultAgreement } from '../../utils/domain/default-agreement.ts';
import { insertRows } from './insert-rows.ts';
import { createLeadKey } from './lead-keys.ts';

/** The ids of all workspaces, as the tables' owner sees them. */
export async function listWorkspaces(owner: Database): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select w.workspace_id as id from workspaces w order by w.workspace_id`.execute(owner);
  return rows.map(({ id }) => id);
}

/** Makes a workspace with its users and the default agreement; the first user is the local one. */
export async function createWorkspace(
  tx: WriteTransaction,
  workspace: Workspace,
  users: readonly [User, ...User[]],
  now: Date,
): Promise<void> {
  const { id, name, domains } = workspace;
  await sql`
    insert into workspaces (workspace_id, name, domains, local_user_id)
    values (${id}, ${name}, ${domains}, ${users[0].id})`.execute(tx);
  await insertRows(
    tx,
    id,
    'users',
    users.map(({ id, name, email, role, team }) => ({ id, name, email, role, team })),
  );
  const row = agreementRow(1, defaultAgreement(now), now);
  await insertRows(tx, id, 'agreements', [{ ...row, state: 'in-force', in_force_since: now.toISOString() }]);
  await createLeadKey(tx, id);
  await sql`insert into counters (workspace_id, name, value) values (${id}, 'lead_index', 0)`.execute(tx);
}

/** Whom the hub's own one-time code signs in; undefined once they have been shut out. */
export async function readLocalUser(db: Database, workspaceId: string): Promise<User | undefined> {
  const { rows } = await sql<User>`
    select u.id, u.name, u.email, u.role, u.team from users u
    join workspaces w on w.workspace_id = ${workspaceId} and w.local_user_id = u.id
    where u.workspace_id = ${workspaceId} and u.deactivated_at is null`.execute(db);
  return rows[0];
}

/** Who works in the workspace, by name. */
export async function readUsers(db: Database, workspaceId: string): Promise<User[]> {
  const { rows } = await sql<User>`
    select u.id, u.name, u.email, u.role, u.team from users u
    where u.workspace_id = ${workspaceId} and u.deactivated_at is null order by u.name, u.id`.execute(db);
  return rows;
}

/** Somebody who works in the workspace, by id; undefined once they have been shut out. */
export async function readActiveUser(
  db: Database,
  workspaceId: string,
  id: string,
): Promise<User | undefined> {
  const { rows } = await sql<User>`
    select u.id, u.name, u.email, u.role, u.team from users u
    where u.workspace_id = ${workspaceId} and u.id = ${id} and u.deactivated_at is null`.execute(db);
  return rows[0];
}

/** What every client of the workspace may know of it. */
export async function readWorkspace(db: Database, workspaceId: string): Promise<Workspace> {
  const { rows } = await sql<Workspace>`
    select w.workspace_id as id, w.name, w.domains from workspaces w
    where w.workspace_id = ${workspaceId}`.execute(db);
  if (!rows[0]) throw new Error('The workspace is gone.');
  return rows[0];
}
