import { sql } from 'kysely';
import type { Environment } from '../environment.ts';
import { erasePerson } from '../erasure/erase-person.ts';
import { lockPeople } from '../qualification/lock-people.ts';
import { refreshPairs } from '../reports/pairs.ts';
import { noteTouches, removed as taken } from '../reports/touch-changes.ts';
import type { Database } from '../store/database.ts';
import { transact } from '../store/transact.ts';

/** How many months each kind of data is kept; 0: for ever. */
export interface Retention {
  touchpoints: number;
  archivedPeople: number;
  audit: number;
}

/** So many rows go in one transaction: few enough that nobody waits for it. */
const ROWS = 2_000;

/** What the settings say. */
export function retentionOf(environment: Environment): Retention {
  return {
    touchpoints: environment.TANDEM_RETENTION_TOUCHPOINT_MONTHS,
    archivedPeople: environment.TANDEM_RETENTION_ARCHIVED_MONTHS,
    audit: environment.TANDEM_RETENTION_AUDIT_MONTHS,
  };
}

/**
 * Removes some of what has been kept long enough. With touchpoints go the figures of reports that they made.
 *
 * @returns whether there was something; call it again then.
 */
export async function retain(
  db: Database,
  workspaceId: string,
  now: Date,
  { touchpoints, archivedPeople, audit }: Retention,
): Promise<boolean> {
  const removed = [
    touchpoints > 0 && (await removeTouchpoints(db, workspaceId, monthsBefore(now, touchpoints), now)),
    audit > 0 && (await removeAudit(db, workspaceId, monthsBefore(now, audit))),
    archivedPeople > 0 && (await eraseArchived(db, workspaceId, monthsBefore(now, archivedPeople), now)),
  ];
  return removed.includes(true);
}

function removeTouchpoints(db: Database, workspaceId: string, before: string, now: Date): Promise<boolean> {
  return transact(db, workspaceId, now, async (tx) => {
    const old = await sql<{ personId: string }>`
      select o.person_id as "personId" from touchpoints o
      where o.workspace_id = ${workspaceId} and o.occurred_at < ${before} limit ${ROWS}`.execute(tx);
    const people = [...new Set(old.rows.map(({ personId }) => personId))];
    if (people.length === 0) return false;
    await lockPeople(tx, workspaceId, people);
    await sql`
      with removed as (
        delete from touchpoints t
        where t.workspace_id = ${workspaceId} and t.person_id = any(${people}::uuid[])
          and t.occurred_at < ${before}
        returning t.campaign_id, t.kind, t.occurred_at, t.machine
      )
      ${noteTouches(workspaceId, now, taken)}`.execute(tx);
    await refreshPairs(tx, workspaceId, people, now);
    return true;
  });
}

async function removeAudit(db: Database, workspaceId: string, before: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from audit_events a
    where a.workspace_id = ${workspaceId} and a.id in (
      select o.id from audit_events o
      where o.workspace_id = ${workspaceId} and o.at < ${before} order by o.at limit ${ROWS})`.execute(db);
  return Number(numAffectedRows ?? 0) === ROWS;
}

/**
 * One at a time, as if an administrator did it; but their source may send them again. Who is merged is archived, too, but
 * lives on in the kept one and goes with them: without their row the merge could not be undone.
 */
function eraseArchived(db: Database, workspaceId: string, before: string, now: Date): Promise<boolean> {
  return transact(db, workspaceId, now, async (tx) => {
    const { rows } = await sql<{ id: string }>`
      select p.id from people p
      where p.workspace_id = ${workspaceId} and p.archived_at < ${before} and not p.erased
        and not exists (
          select 1 from person_merges m
          where m.workspace_id = ${workspaceId} and m.other_id = p.id and m.undone_at is null)
      limit 1 for update skip locked`.execute(tx);
    const personId = rows[0]?.id;
    if (personId === undefined) return false;
    await erasePerson(tx, workspaceId, { personId, now, tombstone: false });
    return true;
  });
}

function monthsBefore(now: Date, months: number): string {
  const date = new Date(now);
  date.setUTCMonth(date.getUTCMonth() - months);
  return date.toISOString();
}
