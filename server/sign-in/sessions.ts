import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { SignedIn } from '../../utils/contract/session.ts';
import { noteAudit } from '../audit/audit-events.ts';
import type { Database } from '../store/database.ts';

/** After this somebody signs in anew, however often they used it. */
export const SESSION_DAYS = 90;
const DAY_MS = 24 * 60 * 60_000;

export interface NewSession {
  userId: string;
  method: SignedIn['method'];
  label: string;
}

/** Notes that somebody has signed in on a device; the tokens are made apart. */
export async function createSession(
  db: Database,
  workspaceId: string,
  { userId, method, label }: NewSession,
  now: Date,
): Promise<{ id: string; expiresAt: Date }> {
  const id = uuid();
  const expiresAt = new Date(now.getTime() + SESSION_DAYS * DAY_MS);
  const at = now.toISOString();
  await sql`
    insert into sessions (workspace_id, id, user_id, method, label, created_at, last_used_at, expires_at)
    values (${workspaceId}, ${id}, ${userId}, ${method}, ${label}, ${at}, ${at}, ${expiresAt.toISOString()})`.execute(
    db,
  );
  await noteAudit(db, workspaceId, { action: 'signIn', byUserId: userId, details: { method }, at: now });
  return { id, expiresAt };
}

/** Where a user is signed in now, the one used last first. */
export async function listSessions(
  db: Database,
  workspaceId: string,
  userId: string,
  now: Date,
): Promise<Omit<SignedIn, 'current'>[]> {
  const { rows } = await sql<Record<'createdAt' | 'lastUsedAt' | 'expiresAt', Date> & SignedIn>`
    select s.id, s.user_id as "userId", s.method, s.label, s.created_at as "createdAt",
      s.last_used_at as "lastUsedAt", s.expires_at as "expiresAt"
    from sessions s
    where s.workspace_id = ${workspaceId} and s.user_id = ${userId}
      and s.revoked_at is null and s.expires_at > ${now.toISOString()}
    order by s.last_used_at desc, s.id desc`.execute(db);
  return rows.map((row) => ({
    ...row,
    createdAt: new Date(row.createdAt).toISOString(),
    lastUsedAt: new Date(row.lastUsedAt).toISOString(),
    expiresAt: new Date(row.expiresAt).toISOString(),
  }));
}

/** Whose sessions to end: one, or all of a user. */
export type Sessions = { id: string; userId?: string } | { userId: string };

/** Ends sessions; their tokens are good for nothing from then on. Returns how many there were. */
export async function endSessions(
  db: Database,
  workspaceId: string,
  which: Sessions,
  now: Date,
): Promise<number> {
  const id = 'id' in which ? which.id : null;
  const userId = which.userId ?? null;
  const { rows } = await sql<{ id: string }>`
    update sessions s set revoked_at = ${now.toISOString()}
    where s.workspace_id = ${workspaceId} and s.revoked_at is null
      and (${id}::uuid is null or s.id = ${id}) and (${userId}::uuid is null or s.user_id = ${userId})
    returning s.id`.execute(db);
  await sql`
    delete from oauth_records o
    where o.workspace_id = ${workspaceId} and o.session_id = any(${rows.map((row) => row.id)}::uuid[])`.execute(
    db,
  );
  return rows.length;
}

/** Which of these sessions may still be used. */
export async function readValidSessions(
  db: Database,
  workspaceId: string,
  ids: readonly string[],
  now: Date,
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select s.id from sessions s
    join users u on u.workspace_id = ${workspaceId} and u.id = s.user_id and u.deactivated_at is null
    where s.workspace_id = ${workspaceId} and s.id = any(${ids}::uuid[]) and s.revoked_at is null
      and s.expires_at > ${now.toISOString()}`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** Forgets sessions, tokens, codes and links whose time is over. */
export async function forgetExpired(db: Database, workspaceId: string, now: Date): Promise<void> {
  const at = now.toISOString();
  await sql`
    delete from oauth_records o where o.workspace_id = ${workspaceId} and o.expires_at <= ${at}`.execute(db);
  await sql`
    delete from sign_in_secrets s where s.workspace_id = ${workspaceId} and s.expires_at <= ${at}`.execute(
    db,
  );
  await sql`
    delete from sessions s where s.workspace_id = ${workspaceId} and s.expires_at <= ${at}`.execute(db);
}
