import { sql } from 'kysely';
import type { NewConfirmation } from '../../utils/contract/qualification.ts';
import type { WriteTransaction } from './database.ts';
import { insertRows } from './insert-rows.ts';
import { instant } from './json.ts';
import { noteChanges } from '../live/changes.ts';

/** What somebody said, and when the hub heard it. */
export interface GivenConfirmation extends NewConfirmation {
  byUserId: string;
  at: Date;
}

/**
 * Keeps what somebody said of a lead; of one subject the latest click counts, whenever it arrives.
 *
 * @returns `conflict` when something else was said under the same id.
 */
export async function storeConfirmation(
  tx: WriteTransaction,
  workspaceId: string,
  given: GivenConfirmation,
): Promise<'stored' | 'repeated' | 'conflict'> {
  if ((await insertRows(tx, workspaceId, 'confirmations', [confirmationRow(given)])) > 0) {
    noteChanges(tx, 'person', [given.personId]);
    return 'stored';
  }
  const { rows } = await sql<Omit<NewConfirmation, 'id'> & { byUserId: string }>`
    select c.person_id as "personId", c.subject, c.confirmed, c.by_user_id as "byUserId",
      ${instant('c.client_time')} as "clientTime"
    from confirmations c where c.workspace_id = ${workspaceId} and c.id = ${given.id}`.execute(tx);
  const stored = rows[0];
  const isSame =
    stored?.personId === given.personId &&
    stored.subject === given.subject &&
    stored.confirmed === given.confirmed &&
    stored.clientTime === given.clientTime &&
    stored.byUserId === given.byUserId;
  return isSame ? 'repeated' : 'conflict';
}

/** A confirmation as its table holds it. */
export function confirmationRow({
  id,
  personId,
  subject,
  confirmed,
  clientTime,
  byUserId,
  at,
}: GivenConfirmation) {
  const heard = at.toISOString();
  return {
    id,
    person_id: personId,
    subject,
    confirmed,
    by_user_id: byUserId,
    client_time: clientTime,
    at: clientTime < heard ? clientTime : heard,
  };
}
