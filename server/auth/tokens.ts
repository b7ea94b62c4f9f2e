import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { parse, stringify } from 'uuid';
import type { User } from '../../utils/contract/session.ts';
import type { Hub } from '../hub.ts';
import { createSession, type NewSession } from '../sign-in/sessions.ts';
import type { Database } from '../store/database.ts';

const PREFIX = 'tdm_';
const ID_BYTES = 16;
const SECRET_BYTES = 32;
const USED_EVERY_MS = 60 * 60_000;

export interface Session {
  workspaceId: string;
  user: User;
  /** Names the session without being usable as it. */
  id: string;
}

/**
 * Signs a user in and makes a token as long-lived as the session. It begins with the workspace's id, so that
 * every query, the one that checks the token included, can name its workspace; only its SHA-256 is stored.
 */
export async function issueToken(
  db: Database,
  workspaceId: string,
  userId: string,
  now: Date,
  { method, label }: Omit<NewSession, 'userId'> = { method: 'code', label: '' },
): Promise<string> {
  const token = PREFIX + Buffer.concat([parse(workspaceId), randomBytes(SECRET_BYTES)]).toString('base64url');
  const { id, expiresAt } = await createSession(db, workspaceId, { userId, method, label }, now);
  await sql`
    insert into oauth_records (workspace_id, hash, model, payload, session_id, expires_at)
    values (${workspaceId}, ${hashOf(token)}, 'SignInToken', '{}', ${id}, ${expiresAt.toISOString()})`.execute(
    db,
  );
  return token;
}

/** Who a token belongs to; null when it is not one of ours, was revoked or has expired. */
export async function readToken(
  { databaseOf, clock, workspaceId: own }: Pick<Hub, 'databaseOf' | 'clock' | 'workspaceId'>,
  token: string,
): Promise<Session | null> {
  const workspaceId = workspaceOf(token, own);
  if (workspaceId === null) return null;
  const db = databaseOf(workspaceId);
  const now = clock();
  const { rows } = await sql<User & { session: string; used: Date }>`
    select u.id, u.name, u.email, u.role, u.team, s.id as session, s.last_used_at as used
    from oauth_records o
    join sessions s on s.workspace_id = ${workspaceId} and s.id = o.session_id
    join users u on u.workspace_id = ${workspaceId} and u.id = s.user_id
    where o.workspace_id = ${workspaceId} and o.hash = ${hashOf(token)}
      and o.model in ('AccessToken', 'SignInToken') and o.expires_at > ${now.toISOString()}
      and s.expires_at > ${now.toISOString()} and s.revoked_at is null and u.deactivated_at is null`.execute(
    db,
  );
  if (!rows[0]) return null;
  const { session: id, used, ...user } = rows[0];
  if (now.getTime() - new Date(used).getTime() >= USED_EVERY_MS) await noteUse(db, workspaceId, id, now);
  return { workspaceId, user, id };
}

/** What the database knows a token or an id by. */
export const hashOf = (token: string) => createHash('sha256').update(token).digest();

async function noteUse(db: Database, workspaceId: string, id: string, now: Date): Promise<void> {
  await sql`
    update sessions s set last_used_at = ${now.toISOString()}
    where s.workspace_id = ${workspaceId} and s.id = ${id} and s.last_used_at < ${now.toISOString()}`.execute(
    db,
  );
}

/** Tokens of the OAuth server name no workspace: they are of the hub's own. */
function workspaceOf(token: string, own: string): string | null {
  if (!token.startsWith(PREFIX)) return own;
  const bytes = Buffer.from(token.slice(PREFIX.length), 'base64url');
  if (bytes.length !== ID_BYTES + SECRET_BYTES) return null;
  try {
    return stringify(bytes);
  } catch {
    return null;
  }
}
