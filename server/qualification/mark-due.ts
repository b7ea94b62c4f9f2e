import { sql } from 'kysely';
import type { WriteTransaction } from '../store/database.ts';
import { lockPeople } from './lock-people.ts';
import { noteChanges } from '../live/changes.ts';

/**
 * Remembers that something happened to these people which their qualification may depend on, in one statement.
 * Call it in the transaction that wrote it, which holds their rows (see `lockPeople`): then no evaluation runs
 * that could take the mark away without having seen what happened.
 */
export async function markDue(
  tx: WriteTransaction,
  workspaceId: string,
  personIds: readonly string[],
  now: Date,
): Promise<void> {
  if (personIds.length === 0) return;
  noteChanges(tx, 'person', personIds);
  await sql`
    insert into due_qualifications (workspace_id, person_id, since)
    select ${workspaceId}::uuid, i.id, ${now.toISOString()}::timestamptz
    from unnest(${[...new Set(personIds)]}::uuid[]) i (id)
    on conflict do nothing`.execute(tx);
}

/** The same for everybody: when another agreement is in force, or a source has fallen silent or speaks again. */
export async function markEveryoneDue(tx: WriteTransaction, workspaceId: string, now: Date): Promise<void> {
  await markDue(tx, workspaceId, await lockPeople(tx, workspaceId, 'everyone'), now);
}
