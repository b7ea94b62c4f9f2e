import { sql } from 'kysely';
import type { Database } from '../store/database.ts';
import { instant } from '../store/json.ts';

/** When the oldest change to the counts of touches happened that is not added up yet; null when there is none. */
export async function readTouchesAsOf(db: Database, workspaceId: string): Promise<string | null> {
  const { rows } = await sql<{ at: string | null }>`
    select ${instant('o.at')} as at
    from (select min(x.at) as at from touch_changes x where x.workspace_id = ${workspaceId}) o`.execute(db);
  return rows[0]?.at ?? null;
}

/** Instants of one length and zone compare as text. */
export const earliest = (one: string, other: string | null): string =>
  other !== null && other < one ? other : one;
