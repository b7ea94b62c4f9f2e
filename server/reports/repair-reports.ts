import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { lockPeople } from '../qualification/lock-people.ts';
import type { Database, WriteTransaction } from '../store/database.ts';
import { type CampaignMonth, count, readCounters, writeCounters } from './counters.ts';
import { monthOf, refreshPairs } from './pairs.ts';

/** People whose pairs are made anew in one transaction: few enough that look-ups hardly wait for them. */
const PEOPLE = 200;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** What was not as it should have been, and not known to be out of date either. Anything but nothing is a bug. */
export interface Repair {
  /** Pairs of campaigns and people. */
  pairs: number;
  /** Campaigns and months whose figures were wrong. */
  counters: CampaignMonth[];
}

/**
 * Makes everything that reports read anew from what they are about: pairs from touchpoints, some people at a time, then
 * the counters, campaign by campaign. Others may go on meanwhile; it may be cut short and begun again.
 */
export async function repairReports(
  db: Database,
  workspaceId: string,
  clock: () => Date,
  isStopped = () => false,
): Promise<Repair> {
  const repair: Repair = { pairs: 0, counters: [] };
  for (let last: string | undefined = BEFORE_ALL; last !== undefined && !isStopped();) {
    const ids = await nextPeople(db, workspaceId, last);
    repair.pairs += await db.transaction().execute(async (tx) => {
      await lockPeople(tx, workspaceId, ids);
      return refreshPairs(tx, workspaceId, ids, clock());
    });
    last = ids.at(-1);
  }
  for (let last: string | undefined = BEFORE_ALL; last !== undefined && !isStopped();) {
    const id = await nextCampaign(db, workspaceId, last);
    if (id !== undefined) {
      const wrong = await db.transaction().execute((tx) => repairCampaign(tx, workspaceId, id));
      repair.counters.push(...wrong);
    }
    last = id;
  }
  return repair;
}

async function nextPeople(db: Database, workspaceId: string, after: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select p.id from people p where p.workspace_id = ${workspaceId} and p.id > ${after}
    order by p.id limit ${PEOPLE}`.execute(db);
  return rows.map(({ id }) => id);
}

async function nextCampaign(db: Database, workspaceId: string, after: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select c.id from campaigns c where c.workspace_id = ${workspaceId} and c.id > ${after}
    order by c.id limit 1`.execute(db);
  return rows[0]?.id;
}

/** Counts one campaign anew; what it returns are the months whose figures were wrong without being due. */
async function repairCampaign(tx: WriteTransaction, workspaceId: string, id: string): Promise<CampaignMonth[]> {
  const claimed = await claim(tx, workspaceId, id);
  const counted = await count(tx, workspaceId, claimed);
  const stored = await readCounters(tx, workspaceId, claimed);
  const changed = await readChanged(tx, workspaceId, id);
  const wrong = claimed.filter(
    ({ month }) => !isDeepStrictEqual(ofMonth(counted, month), ofMonth(stored, month)),
  );
  if (wrong.length > 0) await writeCounters(tx, workspaceId, claimed, counted);
  await sql`
    delete from due_counters d
    where d.workspace_id = ${workspaceId} and d.campaign_id = ${id}
      and d.month = any(${claimed.map(({ month }) => month)}::date[])`.execute(tx);
  return wrong
    .filter(({ month, wasDue }) => !wasDue && !changed.has(month))
    .map(({ campaignId, month }) => ({ campaignId, month }));
}

const ofMonth = <Row extends { month: string }>(rows: readonly Row[], month: string) =>
  rows.find((row) => row.month === month);

/**
 * Takes every month there is anything of, as one who counts takes what is due: until the transaction ends no counter
 * of them is changed by others, and no change of theirs is sorted away.
 */
async function claim(
  tx: WriteTransaction,
  workspaceId: string,
  id: string,
): Promise<(CampaignMonth & { wasDue: boolean })[]> {
  const { rows } = await sql<CampaignMonth & { wasDue: boolean }>`
    insert into due_counters (workspace_id, campaign_id, month, since)
    select ${workspaceId}::uuid, ${id}::uuid, m.month, timestamptz 'infinity'
    from (
      select c.month from person_campaigns c where c.workspace_id = ${workspaceId} and c.campaign_id = ${id}
      union select k.month from campaign_counters k where k.workspace_id = ${workspaceId} and k.campaign_id = ${id}
      union select r.month from campaign_returns r where r.workspace_id = ${workspaceId} and r.campaign_id = ${id}
      union select ${monthOf('f.at')} from feedback f
        where f.workspace_id = ${workspaceId} and f.campaign_id = ${id}
    ) m
    order by m.month
    on conflict (workspace_id, campaign_id, month) do update set since = due_counters.since
    returning campaign_id as "campaignId", month::text as month, since <> timestamptz 'infinity' as "wasDue"`.execute(
    tx,
  );
  return rows;
}

/** The months of a campaign of which something has changed that is not due yet. */
async function readChanged(tx: WriteTransaction, workspaceId: string, id: string): Promise<Set<string>> {
  const { rows } = await sql<{ month: string }>`
    select m.month::text as month
    from report_changes x cross join unnest(x.campaign_ids, x.months) m (campaign_id, month)
    where x.workspace_id = ${workspaceId} and m.campaign_id = ${id}`.execute(tx);
  return new Set(rows.map(({ month }) => month));
}
