import { makeCode, readCode } from '../auth/sign-in-codes.ts';
import type { Hub } from '../hub.ts';
import type { Database } from '../store/database.ts';
import { readActiveUser, readLocalUser } from '../store/workspaces.ts';
import { keepSecret, spendSecret } from './one-time-secrets.ts';

/** Makes a code with which this user can sign in once, at any hub of the workspace. */
export async function issueCode(
  db: Database,
  workspaceId: string,
  userId: string,
  now: Date,
): Promise<string> {
  for (;;) {
    const code = makeCode();
    const secret = { kind: 'code' as const, ...readCode(code), userId };
    if (await keepSecret(db, workspaceId, secret, now)) return code;
  }
}

/** Whom a code signs in, the local one or an issued one; null when it is not good. Then it is used up. */
export async function redeemCode(hub: Hub, code: string, now: Date): Promise<string | null> {
  const { databaseOf, workspaceId } = hub;
  const db = databaseOf(workspaceId);
  if (hub.signInCodes.use(code)) return (await readLocalUser(db, workspaceId))?.id ?? null;
  const userId = await spendSecret(db, workspaceId, { kind: 'code', ...readCode(code) }, now);
  return userId && ((await readActiveUser(db, workspaceId, userId))?.id ?? null);
}
