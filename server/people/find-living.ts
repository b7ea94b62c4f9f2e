import { sql } from 'kysely';
import { followAlias } from '../merging/merges.ts';
import type { Database } from '../store/database.ts';

/** Who is meant by an id, be it their own or one that leads to them since a merge; null when there is nobody. */
export async function findLiving(db: Database, workspaceId: string, id: string): Promise<string | null> {
  const personId = await followAlias(db, workspaceId, id);
  const { rows } = await sql`
    select 1 from people p
    where p.workspace_id = ${workspaceId} and p.id = ${personId} and p.archived_at is null`.execute(db);
  return rows.length > 0 ? personId : null;
}
