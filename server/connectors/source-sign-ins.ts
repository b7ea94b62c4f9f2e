import { sql } from 'kysely';
import { hashOfSecret, makeSecret, workspaceOfSecret } from '../auth/workspace-secret.ts';
import type { Secrets } from '../secrets.ts';
import type { Database, WriteTransaction } from '../store/database.ts';
import { newVerifier } from './oauth.ts';

const PREFIX = 'tds_';
const MINUTES = 10;

/** An administrator's way to a system and back. */
export interface SourceSignIn {
  system: string;
  /** They bring it back: who knows it began. */
  state: string;
  verifier: string;
}

const purpose = (workspaceId: string, system: string) => ({
  workspaceId,
  purpose: `source ${system} sign-in`,
});

/** Begins a sign-in of an administrator's, which may be finished once within ten minutes. */
export async function beginSourceSignIn(
  tx: WriteTransaction,
  { secrets, workspaceId }: { secrets: Secrets; workspaceId: string },
  { system, userId, now }: { system: string; userId: string; now: Date },
): Promise<SourceSignIn> {
  const state = makeSecret(PREFIX, workspaceId);
  const verifier = newVerifier();
  const sealed = secrets.seal(verifier, purpose(workspaceId, system));
  const expiresAt = new Date(now.getTime() + MINUTES * 60_000).toISOString();
  await sql`
    insert into source_sign_ins (workspace_id, state_hash, system, user_id, verifier, expires_at)
    values (${workspaceId}, ${hashOfSecret(state)}, ${system}, ${userId}, ${sealed}, ${expiresAt})`.execute(
    tx,
  );
  return { system, state, verifier };
}

/** The workspace in which a sign-in with this state was begun; null when it is none of ours. */
export const workspaceOfState = (state: string): string | null => workspaceOfSecret(PREFIX, state);

/**
 * Uses a sign-in up, by one statement, so that of two who come at once one is refused. Null when there is none for this
 * system, it is over, or who began it is no administrator any more.
 */
export async function spendSourceSignIn(
  db: Database,
  { secrets, workspaceId }: { secrets: Secrets; workspaceId: string },
  { system, state, now }: { system: string; state: string; now: Date },
): Promise<SourceSignIn | null> {
  const { rows } = await sql<{ verifier: string; userId: string; isGood: boolean }>`
    delete from source_sign_ins g
    where g.workspace_id = ${workspaceId} and g.state_hash = ${hashOfSecret(state)} and g.system = ${system}
    returning g.verifier, g.user_id as "userId", g.expires_at > ${now.toISOString()} as "isGood"`.execute(db);
  const [begun] = rows;
  if (!begun?.isGood) return null;
  const { rows: administrators } = await sql`
    select 1 from users u where u.workspace_id = ${workspaceId} and u.id = ${begun.userId} and u.role = 'admin'
      and u.deactivated_at is null`.execute(db);
  if (administrators.length === 0) return null;
  return { system, state, verifier: secrets.open(begun.verifier, purpose(workspaceId, system)) };
}

/** Forgets what was begun and not finished in time. */
export async function forgetSourceSignIns(db: Database, workspaceId: string, now: Date): Promise<void> {
  await sql`
    delete from source_sign_ins g
    where g.workspace_id = ${workspaceId} and g.expires_at <= ${now.toISOString()}`.execute(db);
}
