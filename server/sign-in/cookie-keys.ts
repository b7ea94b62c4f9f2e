import { hkdfSync, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Hub } from '../hub.ts';

const BYTES = 32;
const PURPOSE = 'tandem cookies';

/**
 * What cookies of the sign-in are signed with, the newest first: the same for every hub of the workspace, so
 * that a sign-in may begin at one and end at another. From the keys of the environment where there are any.
 */
export async function cookieKeys({ signIn, databaseOf, workspaceId }: Hub): Promise<string[]> {
  if (signIn.secretKeys.length > 0) {
    return signIn.secretKeys.map((key) =>
      Buffer.from(hkdfSync('sha256', key, '', PURPOSE, BYTES)).toString('base64'),
    );
  }
  const db = databaseOf(workspaceId);
  await sql`
    insert into hub_secrets (workspace_id, name, value)
    values (${workspaceId}, ${PURPOSE}, ${randomBytes(BYTES)})
    on conflict do nothing`.execute(db);
  const { rows } = await sql<{ value: Uint8Array }>`
    select h.value from hub_secrets h
    where h.workspace_id = ${workspaceId} and h.name = ${PURPOSE}`.execute(db);
  return rows.map(({ value }) => Buffer.from(value).toString('base64'));
}
