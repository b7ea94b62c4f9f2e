import { sql } from 'kysely';
import type { Database } from '../store/database.ts';

/** How many of a system's statuses, of those that somebody has, stand for no stage. */
export async function countUnmapped(db: Database, workspaceId: string, system: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(distinct p.source_status_value)::int as n from people p
    left join status_mappings m on m.workspace_id = ${workspaceId} and m.system = ${system}
      and m.value = p.source_status_value
    where p.workspace_id = ${workspaceId} and p.source_status_system = ${system} and p.archived_at is null
      and m.value is null`.execute(db);
  return rows[0]?.n ?? 0;
}
