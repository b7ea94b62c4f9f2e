import { sql } from 'kysely';
import type { Database, WriteTransaction } from '../store/database.ts';
import { evaluatePeople } from './evaluate-people.ts';
import { lockFreePeople, lockPeople } from './lock-people.ts';
import { transact } from '../store/transact.ts';

/** Few enough that look-ups hardly wait for them, where the database has one session only. */
const BATCH = 50;

/** Whoever cannot be evaluated is left alone for so long: it is a bug, or a row that somebody has to mend. */
const RETRY_AFTER_MS = 60_000;

/**
 * Evaluates some of the people of whom something has changed, by an event or by time alone. Several hubs may do
 * so at once: whom another one has at hand is left to it. Somebody who cannot be evaluated waits a minute and
 * holds up no other; the error is thrown once the others are done.
 *
 * @returns whether more are waiting.
 */
export async function evaluateDue(db: Database, workspaceId: string, now: Date): Promise<boolean> {
  let batch: string[] = [];
  try {
    return await transact(db, workspaceId, now, async (tx) => {
      batch = await readWaiting(tx, workspaceId, now);
      const ids = await lockFreePeople(tx, workspaceId, batch);
      await evaluatePeople(tx, workspaceId, ids, now);
      // Judging some can make others due.
      return ids.length > 0 && (await readWaiting(tx, workspaceId, now)).length > 0;
    });
  } catch (error) {
    for (const id of batch) {
      const alone = transact(db, workspaceId, now, (tx) => evaluatePeople(tx, workspaceId, [id], now));
      await alone.catch(() => postpone(db, workspaceId, id, now));
    }
    throw error;
  }
}

async function postpone(db: Database, workspaceId: string, personId: string, now: Date): Promise<void> {
  const until = new Date(now.getTime() + RETRY_AFTER_MS).toISOString();
  await transact(db, workspaceId, now, async (tx) => {
    await lockPeople(tx, workspaceId, [personId]);
    await sql`
      insert into due_qualifications (workspace_id, person_id, since)
      values (${workspaceId}, ${personId}, ${until})
      on conflict (workspace_id, person_id) do update set since = excluded.since`.execute(tx);
    // The mark says from now on when it is due again.
    await sql`
      update qualifications q set valid_until = null
      where q.workspace_id = ${workspaceId} and q.person_id = ${personId}`.execute(tx);
  });
}

async function readWaiting(tx: WriteTransaction, workspaceId: string, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    (select d.person_id as id from due_qualifications d
     where d.workspace_id = ${workspaceId} and d.since <= ${now.toISOString()}::timestamptz
     order by d.since limit ${BATCH})
    union
    (select q.person_id from qualifications q
     where q.workspace_id = ${workspaceId} and q.valid_until <= ${now.toISOString()}::timestamptz
     order by q.valid_until limit ${BATCH})
    limit ${BATCH}`.execute(tx);
  return rows.map(({ id }) => id);
}
