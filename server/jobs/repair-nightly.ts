import { sql } from 'kysely';
import { BEFORE_ALL_MONTHS, repairMonth } from '../reports/repair-figures.ts';
import { BEFORE_ALL, repairCampaign, repairPeople } from '../reports/repair-reports.ts';
import type { Database, WriteTransaction } from '../store/database.ts';

/** In the night of UTC. */
const HOUR = 2;

interface Progress {
  /** The last one done; null: none yet. */
  personId: string | null;
  /** Null as long as people are being done. */
  campaignId: string | null;
  /** Its first day; null as long as people or campaigns are being done. */
  month: string | null;
  wrong: number;
}

/**
 * Takes one step of the repair that every night makes anew what reports read: some people, one campaign or one month, so that what
 * else is due comes in between. Anything wrong is a bug: it is mended, and said at the end.
 *
 * @returns false: the next step has time.
 * @throws Error that says how much was wrong, once all is mended
 */
export async function repairNightly(db: Database, workspaceId: string, now: Date): Promise<boolean> {
  const ended = await db.transaction().execute(async (tx) => {
    const progress = await claim(tx, workspaceId, now);
    if (!progress) return null;
    const after = await step(tx, workspaceId, progress, now);
    await save(
      tx,
      workspaceId,
      after ?? { personId: null, campaignId: null, month: null, wrong: 0 },
      after ? now : nightAfter(now),
    );
    return after ? null : progress;
  });
  if (ended && ended.wrong > 0) {
    throw new Error(`${ended.wrong} figures behind the reports were wrong, and have been mended.`);
  }
  return false;
}

/** The repair that is under way or due, unless another hub is at it. The first one is due in the coming night. */
async function claim(tx: WriteTransaction, workspaceId: string, now: Date): Promise<Progress | undefined> {
  await sql`
    insert into report_repairs (workspace_id, next_at, wrong)
    select ${workspaceId}::uuid, ${nightAfter(now).toISOString()}::timestamptz, 0
    where not exists (select 1 from report_repairs r where r.workspace_id = ${workspaceId})
    on conflict do nothing`.execute(tx);
  const { rows } = await sql<Progress>`
    select r.last_person_id as "personId", r.last_campaign_id as "campaignId",
      r.last_month::text as month, r.wrong from report_repairs r
    where r.workspace_id = ${workspaceId} and r.next_at <= ${now.toISOString()}::timestamptz
    for update skip locked`.execute(tx);
  return rows[0];
}

/** Null: there is nothing left to do. */
async function step(
  tx: WriteTransaction,
  workspaceId: string,
  { personId, campaignId, month, wrong }: Progress,
  now: Date,
): Promise<Progress | null> {
  if (campaignId === null) {
    const { wrong: people, last } = await repairPeople(tx, workspaceId, personId ?? BEFORE_ALL, now);
    return {
      personId: last ?? personId,
      campaignId: last === null ? BEFORE_ALL : null,
      month: null,
      wrong: wrong + people.pairs + people.figures,
    };
  }
  if (month === null) {
    const { wrong: counters, last } = await repairCampaign(tx, workspaceId, campaignId);
    return {
      personId,
      campaignId: last ?? campaignId,
      month: last === null ? BEFORE_ALL_MONTHS : null,
      wrong: wrong + counters.length,
    };
  }
  const { wrong: months, last } = await repairMonth(tx, workspaceId, month);
  return last === null ? null : { personId, campaignId, month: last, wrong: wrong + months };
}

async function save(
  tx: WriteTransaction,
  workspaceId: string,
  { personId, campaignId, month, wrong }: Progress,
  nextAt: Date,
): Promise<void> {
  await sql`
    update report_repairs r
    set last_person_id = ${personId}, last_campaign_id = ${campaignId}, last_month = ${month}, wrong = ${wrong},
      next_at = ${nextAt.toISOString()}
    where r.workspace_id = ${workspaceId}`.execute(tx);
}

function nightAfter(now: Date): Date {
  const night = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate(), HOUR));
  if (night <= now) night.setUTCDate(night.getUTCDate() + 1);
  return night;
}
