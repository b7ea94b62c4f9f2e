import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { parse, stringify } from 'uuid';
import type { User } from '../../utils/contract/session.ts';
import type { Hub } from '../hub.ts';
import type { Database } from '../store/database.ts';

const PREFIX = 'tdm_';
const ID_BYTES = 16;
const SECRET_BYTES = 32;
const DAYS_VALID = 90;

export interface Session {
  workspaceId: string;
  user: User;
  /** Names the session without being usable as it. */
  tokenHash: string;
}

/**
 * Makes a token for a user, good for 90 days. It begins with the workspace's id, so that every query,
 * the one that checks the token included, can name its workspace; only its SHA-256 is stored.
 */
export async function issueToken(
  db: Database,
  workspaceId: string,
  userId: string,
  now: Date,
): Promise<string> {
  const token = PREFIX + Buffer.concat([parse(workspaceId), randomBytes(SECRET_BYTES)]).toString('base64url');
  const expires = new Date(now.getTime() + DAYS_VALID * 24 * 60 * 60_000);
  await sql`
    insert into sessions (workspace_id, token_hash, user_id, created_at, expires_at)
    values (${workspaceId}, ${hashOf(token)}, ${userId}, ${now.toISOString()}, ${expires.toISOString()})`.execute(
    db,
  );
  return token;
}

/** Who a token belongs to; null when it is not one of ours, was revoked or has expired. */
export async function readToken(
  { databaseOf, clock }: Pick<Hub, 'databaseOf' | 'clock'>,
  token: string,
): Promise<Session | null> {
  const workspaceId = workspaceOf(token);
  if (workspaceId === null) return null;
  const tokenHash = hashOf(token);
  const { rows } = await sql<User>`
    select u.id, u.name, u.email, u.role, u.team
    from sessions s
    join users u on u.workspace_id = ${workspaceId} and u.id = s.user_id
    where s.workspace_id = ${workspaceId} and s.token_hash = ${tokenHash}
      and s.expires_at > ${clock().toISOString()}`.execute(databaseOf(workspaceId));
  return rows[0] ? { workspaceId, user: rows[0], tokenHash: tokenHash.toString('hex') } : null;
}

/** Which of these sessions, each named by its `tokenHash`, may still be used. */
export async function readValidSessions(
  db: Database,
  workspaceId: string,
  tokenHashes: readonly string[],
  now: Date,
): Promise<Set<string>> {
  const { rows } = await sql<{ hash: string }>`
    select t.hash from unnest(${tokenHashes}::text[]) t (hash)
    join sessions s on s.workspace_id = ${workspaceId} and s.token_hash = decode(t.hash, 'hex')
    where s.expires_at > ${now.toISOString()}`.execute(db);
  return new Set(rows.map(({ hash }) => hash));
}

/** Ends a session; its token is good for nothing from then on. */
export async function revokeToken(db: Database, { workspaceId, tokenHash }: Session): Promise<void> {
  await sql`
    delete from sessions s
    where s.workspace_id = ${workspaceId} and s.token_hash = ${Buffer.from(tokenHash, 'hex')}`.execute(db);
}

/** Forgets sessions whose time is over. */
export async function forgetExpiredSessions(db: Database, workspaceId: string, now: Date): Promise<void> {
  await sql`
    delete from sessions s
    where s.workspace_id = ${workspaceId} and s.expires_at <= ${now.toISOString()}`.execute(db);
}

const hashOf = (token: string) => createHash('sha256').update(token).digest();

function workspaceOf(token: string): string | null {
  if (!token.startsWith(PREFIX)) return null;
  const bytes = Buffer.from(token.slice(PREFIX.length), 'base64url');
  if (bytes.length !== ID_BYTES + SECRET_BYTES) return null;
  try {
    return stringify(bytes);
  } catch {
    return null;
  }
}
