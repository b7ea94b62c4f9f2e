import { sql } from 'kysely';
import { hashOf } from '../auth/tokens.ts';
import type { Database } from '../store/database.ts';

export const SECRET_MINUTES = 15;
/** After so many wrong secrets a selector is dead, whoever asked. */
const MAX_TRIES = 5;

/** What somebody holds: the selector finds the row, the secret proves that it is theirs. */
export interface OneTimeSecret {
  kind: 'code' | 'link';
  selector: string;
  secret: string;
  /** The sign-in at which a link was asked for, and must be used. */
  interaction?: string | null;
}

/** Keeps a code or link for a user; false when the selector is taken and another must be tried. */
export async function keepSecret(
  db: Database,
  workspaceId: string,
  { kind, selector, secret, userId, interaction = null }: OneTimeSecret & { userId: string },
  now: Date,
): Promise<boolean> {
  const expires = new Date(now.getTime() + SECRET_MINUTES * 60_000).toISOString();
  const result = await sql`
    insert into sign_in_secrets
      (workspace_id, kind, selector, secret_hash, user_id, interaction, expires_at)
    values (${workspaceId}, ${kind}, ${selector}, ${hashOf(secret)}, ${userId}, ${interaction}, ${expires})
    on conflict do nothing`.execute(db);
  return Number(result.numAffectedRows ?? 0) === 1;
}

/**
 * Uses a secret up, by one statement, so that of two who come at once one is refused. A wrong one counts
 * against its selector. Returns whose it was; null when it is not good.
 */
export async function spendSecret(
  db: Database,
  workspaceId: string,
  { kind, selector, secret, interaction = null }: OneTimeSecret,
  now: Date,
): Promise<string | null> {
  const { rows } = await sql<{ userId: string }>`
    update sign_in_secrets s set used_at = ${now.toISOString()}
    where s.workspace_id = ${workspaceId} and s.kind = ${kind} and s.selector = ${selector}
      and s.secret_hash = ${hashOf(secret)} and s.used_at is null and s.tries < ${MAX_TRIES}
      and s.interaction is not distinct from ${interaction}
      and s.expires_at > ${now.toISOString()}
    returning s.user_id as "userId"`.execute(db);
  if (rows[0]) return rows[0].userId;
  await sql`
    update sign_in_secrets s set tries = s.tries + 1
    where s.workspace_id = ${workspaceId} and s.kind = ${kind} and s.selector = ${selector}`.execute(db);
  return null;
}

/** Who used the link that was asked for at this sign-in; once, for the sign-in ends by it. */
export async function takeUsedLink(
  db: Database,
  workspaceId: string,
  interaction: string,
): Promise<string | null> {
  const { rows } = await sql<{ userId: string }>`
    delete from sign_in_secrets s
    where s.workspace_id = ${workspaceId} and s.kind = 'link' and s.interaction = ${interaction}
      and s.used_at is not null
    returning s.user_id as "userId"`.execute(db);
  return rows[0]?.userId ?? null;
}
