import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { lockPeople } from '../qualification/lock-people.ts';
import type { Database, WriteTransaction } from '../store/database.ts';
import { type CampaignMonth, count, readCounters, writeCounters } from './counters.ts';
import { makePairs, monthOf } from './pairs.ts';
import { BEFORE_ALL_MONTHS, repairFigures, repairMonth } from './repair-figures.ts';

/** People whose pairs are made anew in one transaction: few enough that look-ups hardly wait for them. */
const PEOPLE = 200;
/** No id is before it. */
export const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** What was not as it should have been, and not known to be out of date either. Anything but nothing is a bug. */
export interface Repair {
  /** Pairs of campaigns and people. */
  pairs: number;
  /** Campaigns and months whose figures were wrong. */
  counters: CampaignMonth[];
  /** Wins, and months of the figures of the agreement. */
  figures: number;
}

/** One step of a repair: what was wrong, and behind what to go on. */
export interface Step<Wrong> {
  wrong: Wrong;
  /** The last one that was looked at; null when there is no other. */
  last: string | null;
}

/**
 * Makes everything that reports read anew from what they are about: of some people at a time the pairs from touchpoints
 * and what their hand-overs count as, then the counters, campaign by campaign, and the months of the agreement's figures. Others may go on meanwhile; it may be cut short and begun again.
 */
export async function repairReports(db: Database, workspaceId: string, clock: () => Date): Promise<Repair> {
  const people = await throughAll(db, (tx, after) => repairPeople(tx, workspaceId, after, clock()));
  const counters = await throughAll(db, (tx, after) => repairCampaign(tx, workspaceId, after));
  const months = await throughAll(db, (tx, after) => repairMonth(tx, workspaceId, after), BEFORE_ALL_MONTHS);
  const sum = (wrong: readonly number[]) => wrong.reduce((all, one) => all + one, 0);
  return {
    pairs: sum(people.map(({ pairs }) => pairs)),
    counters: counters.flat(),
    figures: sum(people.map(({ figures }) => figures)) + sum(months),
  };
}

async function throughAll<Wrong>(
  db: Database,
  step: (tx: WriteTransaction, after: string) => Promise<Step<Wrong>>,
  beforeAll = BEFORE_ALL,
): Promise<Wrong[]> {
  const wrong: Wrong[] = [];
  let last: string | null = beforeAll;
  while (last !== null) {
    const after: string = last;
    const done: Step<Wrong> = await db.transaction().execute((tx) => step(tx, after));
    wrong.push(done.wrong);
    last = done.last;
  }
  return wrong;
}

/** Makes the pairs of the next people anew, and what the figures of the agreement are made of. */
export async function repairPeople(
  tx: WriteTransaction,
  workspaceId: string,
  after: string,
  now: Date,
): Promise<Step<{ pairs: number; figures: number }>> {
  const ids = await nextPeople(tx, workspaceId, after);
  await lockPeople(tx, workspaceId, ids);
  const figures = await repairFigures(tx, workspaceId, ids, now);
  const pairs = await makePairs(tx, workspaceId, ids, now);
  return { wrong: { pairs, figures }, last: ids.at(-1) ?? null };
}

/** Counts the next campaign anew; wrong are the months whose figures were, without being due. */
export async function repairCampaign(
  tx: WriteTransaction,
  workspaceId: string,
  after: string,
): Promise<Step<CampaignMonth[]>> {
  const last = await nextCampaign(tx, workspaceId, after);
  return { wrong: last === null ? [] : await countCampaign(tx, workspaceId, last), last };
}

async function nextPeople(tx: WriteTransaction, workspaceId: string, after: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select p.id from people p where p.workspace_id = ${workspaceId} and p.id > ${after}
    order by p.id limit ${PEOPLE}`.execute(tx);
  return rows.map(({ id }) => id);
}

async function nextCampaign(
  tx: WriteTransaction,
  workspaceId: string,
  after: string,
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select c.id from campaigns c where c.workspace_id = ${workspaceId} and c.id > ${after}
    order by c.id limit 1`.execute(tx);
  return rows[0]?.id ?? null;
}

async function countCampaign(
  tx: WriteTransaction,
  workspaceId: string,
  id: string,
): Promise<CampaignMonth[]> {
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
