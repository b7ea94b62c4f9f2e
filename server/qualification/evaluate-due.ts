import { sql } from 'kysely';
import type { Database, WriteTransaction } from '../store/database.ts';
import { evaluatePeople } from './evaluate-people.ts';
import { lockFreePeople } from './lock-people.ts';

/** Few enough that look-ups hardly wait for them, where the database has one session only. */
const BATCH = 50;

/**
 * Evaluates some of the people of whom something has changed, by an event or by time alone. Several hubs may do
 * so at once: whom another one has at hand is left to it.
 *
 * @returns whether more are waiting.
 */
export async function evaluateDue(db: Database, workspaceId: string, now: Date): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const waiting = await readWaiting(tx, workspaceId, now);
    const ids = await lockFreePeople(tx, workspaceId, waiting);
    await evaluatePeople(tx, workspaceId, ids, now);
    // Judging some can make others due.
    return ids.length > 0 && (await readWaiting(tx, workspaceId, now)).length > 0;
  });
}

async function readWaiting(tx: WriteTransaction, workspaceId: string, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    (select d.person_id as id from due_qualifications d
     where d.workspace_id = ${workspaceId} order by d.since limit ${BATCH})
    union
    (select q.person_id from qualifications q
     where q.workspace_id = ${workspaceId} and q.valid_until <= ${now.toISOString()}::timestamptz
     order by q.valid_until limit ${BATCH})
    limit ${BATCH}`.execute(tx);
  return rows.map(({ id }) => id);
}
