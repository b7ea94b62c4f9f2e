import { sql } from 'kysely';
import type { Database } from '../store/database.ts';
import type { Identity } from './identity-provider.ts';
import { findUserByEmail } from './users.ts';

/**
 * Whom an identity means: who signed in by it before, else who has its verified address; from then on they
 * may change the address. Null for somebody the hub does not know; then nothing is stored.
 */
export async function findUserByIdentity(
  db: Database,
  workspaceId: string,
  { issuer, subject, email }: Identity,
): Promise<string | null> {
  const { rows } = await sql<{ id: string; active: boolean }>`
    select u.id, u.deactivated_at is null as active from user_identities i
    join users u on u.workspace_id = ${workspaceId} and u.id = i.user_id
    where i.workspace_id = ${workspaceId} and i.issuer = ${issuer} and i.subject = ${subject}`.execute(db);
  if (rows[0]) return rows[0].active ? rows[0].id : null;
  const user = email === null ? undefined : await findUserByEmail(db, workspaceId, email);
  if (!user) return null;
  await sql`
    insert into user_identities (workspace_id, issuer, subject, user_id)
    values (${workspaceId}, ${issuer}, ${subject}, ${user.id})
    on conflict do nothing`.execute(db);
  return user.id;
}
