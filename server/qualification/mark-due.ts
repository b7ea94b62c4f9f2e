import { sql } from 'kysely';
import type { WriteTransaction } from '../store/database.ts';

/**
 * Remembers that something happened to these people which their qualification may depend on, in one statement.
 * Call it in the transaction that wrote it. Marking again touches the mark, so that an evaluation that runs at
 * this moment waits for what is being written instead of taking the mark away without having seen it.
 */
export async function markDue(
  tx: WriteTransaction,
  workspaceId: string,
  personIds: readonly string[],
  now: Date,
): Promise<void> {
  if (personIds.length === 0) return;
  // Sorted, so that two batches at once do not wait for each other.
  const ids = [...new Set(personIds)].sort();
  await sql`
    insert into due_qualifications as d (workspace_id, person_id, since)
    select ${workspaceId}::uuid, i.id, ${now.toISOString()}::timestamptz from unnest(${ids}::uuid[]) i (id)
    on conflict (workspace_id, person_id) do update set since = d.since`.execute(tx);
}

/** The same for everybody: when another agreement is in force, or a source has fallen silent or speaks again. */
export async function markEveryoneDue(tx: WriteTransaction, workspaceId: string, now: Date): Promise<void> {
  await sql`
    insert into due_qualifications as d (workspace_id, person_id, since)
    select ${workspaceId}::uuid, p.id, ${now.toISOString()}::timestamptz from people p
    where p.workspace_id = ${workspaceId} and p.archived_at is null
    order by p.id
    on conflict (workspace_id, person_id) do update set since = d.since`.execute(tx);
}
