import { noteEvents } from '../deliveries/note-events.ts';
import {
  assignHandOver,
  escalateHandOver,
  type HandOverRecord,
  nextStep,
} from '../hand-overs/hand-over-record.ts';
import { leastBusy, salesManager, setOwner } from '../hand-overs/sales-users.ts';
import { claimDue, postponeEscalation, saveHandOvers } from '../hand-overs/store.ts';
import type { Database, WriteTransaction } from '../store/database.ts';
import { transact } from '../store/transact.ts';

const RETRY_AFTER_MS = 60_000;

/**
 * Takes the next step of one hand-over whose promise was broken: the owner is told, then the manager, then
 * somebody else gets the lead, whose own time begins. A step for which there is nobody is noted all the same.
 *
 * @returns whether there was one; call it again then.
 */
export async function escalateNext(db: Database, workspaceId: string, now: Date): Promise<boolean> {
  let claimed: string | undefined;
  try {
    return await transact(db, workspaceId, now, async (tx) => {
      const record = await claimDue(tx, workspaceId, now);
      if (!record) return false;
      claimed = record.document.id;
      await saveHandOvers(tx, workspaceId, [await takeStep(tx, workspaceId, record, now)], now);
      const { id: handOverId, escalations } = record.document;
      const subject = { handOverId, step: escalations.length };
      await noteEvents(tx, workspaceId, [{ kind: 'hand_over.breached', subject }], now);
      return true;
    });
  } catch (error) {
    // One that cannot be done must not stand in the way of those behind it.
    if (claimed !== undefined) {
      const until = new Date(now.getTime() + RETRY_AFTER_MS);
      await postponeEscalation(db, workspaceId, claimed, until).catch(() => undefined);
    }
    throw error;
  }
}

async function takeStep(tx: WriteTransaction, workspaceId: string, record: HandOverRecord, now: Date) {
  const to = nextStep(record)?.to;
  if (to === undefined) throw new Error('The hand-over has no step left, yet one was due.');
  const owner = record.document.to;
  const user =
    to === 'owner'
      ? owner
      : to === 'manager'
        ? await salesManager(tx, workspaceId)
        : await leastBusy(tx, workspaceId, owner?.id);
  const escalated = escalateHandOver(record, { at: now.toISOString(), to, ...(user && { user }) });
  if (to !== 'reassign' || user === undefined) return escalated;
  await setOwner(tx, workspaceId, record.personId, user.id);
  return assignHandOver(escalated, user, now);
}
