import { sql } from 'kysely';
import { noteEvents } from '../deliveries/note-events.ts';
import { markEveryoneDue } from '../qualification/mark-due.ts';
import type { WriteTransaction } from '../store/database.ts';
import { noteChanges } from '../live/changes.ts';

/** Puts a proposal in the place of the agreement in force; everybody is to be judged by it. */
export async function comeIntoForce(
  tx: WriteTransaction,
  workspaceId: string,
  version: number,
  now: Date,
): Promise<void> {
  const at = now.toISOString();
  await sql`
    update agreements a set state = 'superseded', in_force_until = ${at}
    where a.workspace_id = ${workspaceId} and a.state = 'in-force'`.execute(tx);
  await sql`
    update agreements a set state = 'in-force', in_force_since = ${at}
    where a.workspace_id = ${workspaceId} and a.version = ${version}`.execute(tx);
  noteChanges(tx, 'agreement', 'any');
  await markEveryoneDue(tx, workspaceId, now);
  await noteEvents(tx, workspaceId, [{ kind: 'agreement.in_force', subject: { version } }], now);
}
