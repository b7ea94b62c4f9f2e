import type { WriteTransaction } from '../store/database.ts';
import { type Contact, followUpHandOver } from './hand-over-record.ts';
import { lockLatest, saveHandOvers } from './store.ts';

/** What clocks of two machines may differ by. Beyond that a contact lies ahead, and has not been yet. */
export const CLOCK_SKEW_MS = 5 * 60_000;

export interface PersonContact extends Contact {
  personId: string;
}

/**
 * Lets contacts stop the clocks of the hand-overs they follow. One before the hand-over stops nothing, nor
 * does one that is only planned.
 *
 * @returns the ids of the hand-overs that are followed up by one of them, by person.
 */
export async function noteContacts(
  tx: WriteTransaction,
  workspaceId: string,
  contacts: readonly PersonContact[],
  now: Date,
): Promise<Map<string, string>> {
  const past = contacts.filter(({ at }) => at.getTime() <= now.getTime() + CLOCK_SKEW_MS);
  if (past.length === 0) return new Map();
  const ids = [...new Set(past.map(({ personId }) => personId))];
  const records = await lockLatest(tx, workspaceId, ids);
  const changed = records.flatMap((record) => {
    const own = past.filter(({ personId }) => personId === record.personId);
    const after = own.reduce((known, contact) => followUpHandOver(known, contact) ?? known, record);
    return after === record ? [] : [after];
  });
  await saveHandOvers(tx, workspaceId, changed, now);
  return new Map(changed.map(({ personId, document }) => [personId, document.id]));
}
