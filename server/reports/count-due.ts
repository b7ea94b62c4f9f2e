import { sql } from 'kysely';
import type { Database, WriteTransaction } from '../store/database.ts';
import { countFigures } from './count-figures.ts';
import { count, type CampaignMonth, writeCounters } from './counters.ts';
import { addTouches } from './touch-changes.ts';

/** Changes that are sorted in one transaction. */
const CHANGES = 200;
/** Campaigns and months counted in one transaction: few, so that no transaction takes long. */
const BATCH = 10;

/**
 * Makes some counters anew that something was changed about, from the pairs of campaigns and people: whatever is done
 * twice or half does no harm. Several hubs may do so at once.
 *
 * @returns whether more are waiting.
 */
export async function countDue(db: Database, workspaceId: string, now: Date): Promise<boolean> {
  const sorted = await db.transaction().execute((tx) => sortChanges(tx, workspaceId));
  const counted = await db.transaction().execute((tx) => countSome(tx, workspaceId));
  const added = await db.transaction().execute((tx) => addTouches(tx, workspaceId, CHANGES));
  const more = await countFigures(db, workspaceId, now);
  return sorted === CHANGES || counted === BATCH || added === CHANGES || more;
}

/** Turns changes into what is due, each once. What it returns is how many changes there were. */
async function sortChanges(tx: WriteTransaction, workspaceId: string): Promise<number> {
  const { rows } = await sql<{ changes: number }>`
    with free as materialized (
      select c.id from report_changes c where c.workspace_id = ${workspaceId}
      order by c.id limit ${CHANGES} for update skip locked
    ),
    claimed as (
      delete from report_changes x using free f
      where x.workspace_id = ${workspaceId} and x.id = f.id
      returning x.at, x.campaign_ids, x.months, x.person_ids, x.figure_months
    ),
    due as (
      insert into due_counters (workspace_id, campaign_id, month, since)
      select ${workspaceId}::uuid, m.campaign_id, m.month, min(c.at)
      from claimed c cross join unnest(c.campaign_ids, c.months) m (campaign_id, month)
      group by m.campaign_id, m.month
      order by m.campaign_id, m.month
      on conflict do nothing
    ),
    people as (
      insert into due_figure_people (workspace_id, person_id, since)
      select ${workspaceId}::uuid, p.id, min(c.at) from claimed c cross join unnest(c.person_ids) p (id)
      group by p.id order by p.id
      on conflict do nothing
    ),
    months as (
      insert into due_figure_months (workspace_id, month, since)
      select ${workspaceId}::uuid, m.month, min(c.at) from claimed c cross join unnest(c.figure_months) m (month)
      group by m.month order by m.month
      on conflict do nothing
    )
    select count(*)::int as changes from claimed`.execute(tx);
  return rows[0]?.changes ?? 0;
}

/**
 * Who has taken a row away counts in the next statement, which sees everything that was committed until then; what
 * comes later brings a change of its own, and the row it makes waits for this transaction.
 */
async function countSome(tx: WriteTransaction, workspaceId: string): Promise<number> {
  const { rows } = await sql<CampaignMonth>`
    with free as materialized (
      select d.campaign_id, d.month from due_counters d where d.workspace_id = ${workspaceId}
      order by d.since, d.campaign_id, d.month limit ${BATCH} for update skip locked
    )
    delete from due_counters x using free f
    where x.workspace_id = ${workspaceId} and x.campaign_id = f.campaign_id and x.month = f.month
    returning x.campaign_id as "campaignId", x.month::text as month`.execute(tx);
  if (rows.length > 0) await writeCounters(tx, workspaceId, rows, await count(tx, workspaceId, rows));
  return rows.length;
}
