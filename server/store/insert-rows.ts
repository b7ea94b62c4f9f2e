import { sql } from 'kysely';
import type { Database } from './database.ts';

/** Large enough to make a statement's overhead small, small enough for PGlite's memory. */
const CHUNK = 2_000;

/** A table's name is one of these, never text from outside. */
type Table =
  | 'users'
  | 'agreements'
  | 'agreement_signatures'
  | 'status_mappings'
  | 'source_status'
  | 'people'
  | 'person_emails'
  | 'person_external_ids'
  | 'stage_events'
  | 'campaigns'
  | 'touchpoints'
  | 'confirmations'
  | 'planned_touches'
  | 'offers'
  | 'feedback'
  | 'feedback_replies'
  | 'audit_events'
  | 'erasures';

/**
 * Inserts rows given as objects whose keys are columns, set-based; rows that are known already (by any
 * unique key) stay as they are. All rows must have the same keys.
 *
 * @returns how many rows are new.
 */
export async function insertRows(
  db: Database,
  workspaceId: string,
  table: Table,
  rows: readonly Record<string, unknown>[],
): Promise<number> {
  const first = rows[0];
  if (first === undefined) return 0;
  const columns = sql.join(Object.keys(first).map((column) => sql.ref(column)));
  let inserted = 0;
  for (let start = 0; start < rows.length; start += CHUNK) {
    const chunk = JSON.stringify(rows.slice(start, start + CHUNK));
    const result = await sql`
      insert into ${sql.table(table)} (workspace_id, ${columns})
      select ${workspaceId}::uuid, ${columns}
      from json_populate_recordset(null::${sql.table(table)}, ${chunk}::text::json)
      on conflict do nothing`.execute(db);
    inserted += Number(result.numAffectedRows ?? 0);
  }
  return inserted;
}
