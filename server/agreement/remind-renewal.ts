import { sql } from 'kysely';
import { DAY_MS } from '../../utils/domain/instants.ts';
import { noteEvents } from '../deliveries/note-events.ts';
import type { Database } from '../store/database.ts';
import { transact } from '../store/transact.ts';

/** So many days before the agreement ends others are told, the last one first. */
const STEPS = [0, 7, 30] as const;

/** Tells channels that the agreement has to be renewed: once for each step, and of steps that were missed only the last. */
export async function remindRenewal(db: Database, workspaceId: string, now: Date): Promise<boolean> {
  await transact(db, workspaceId, now, async (tx) => {
    const { rows } = await sql<{ version: number; validUntil: Date; reminded: number | null }>`
      select a.version, a.valid_until as "validUntil", a.reminded_days as reminded
      from agreements a where a.workspace_id = ${workspaceId} and a.state = 'in-force' for update`.execute(
      tx,
    );
    if (!rows[0]) return;
    const { version, validUntil, reminded } = rows[0];
    const left = new Date(validUntil).getTime() - now.getTime();
    const days = STEPS.find((step) => left <= step * DAY_MS);
    if (days === undefined || (reminded !== null && reminded <= days)) return;
    await sql`
      update agreements a set reminded_days = ${days}
      where a.workspace_id = ${workspaceId} and a.version = ${version}`.execute(tx);
    await noteEvents(tx, workspaceId, [{ kind: 'agreement.ending', subject: { version, days } }], now);
  });
  return false;
}
