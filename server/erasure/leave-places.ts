import { sql } from 'kysely';
import type { WriteTransaction } from '../store/database.ts';

/** Of jobs that go through everybody in the order of ids: where they keep how far they have come. */
const PLACES = [
  { table: 'lead_keys', column: 'made_to' },
  { table: 'report_repairs', column: 'last_person_id' },
] as const;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** Takes jobs that stand at one of these people back to whom they did before: any later place would leave others out. */
export async function leavePlaces(
  tx: WriteTransaction,
  workspaceId: string,
  ids: readonly string[],
): Promise<void> {
  for (const { table, column } of PLACES) {
    const place = sql.ref(`t.${column}`);
    await sql`
      update ${sql.table(table)} t set ${sql.ref(column)} = coalesce((
        select p.id from people p
        where p.workspace_id = ${workspaceId} and p.id < ${place} and p.id <> all(${ids}::uuid[])
        order by p.id desc limit 1), ${BEFORE_ALL}::uuid)
      where t.workspace_id = ${workspaceId} and ${place} = any(${ids}::uuid[])`.execute(tx);
  }
}
