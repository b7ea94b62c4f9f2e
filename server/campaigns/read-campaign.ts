import { sql } from 'kysely';
import {
  CAMPAIGN_QUOTES,
  type CampaignPatch,
  type CampaignReport,
  type PlannedDay,
} from '../../utils/contract/campaign-report.ts';
import type { Month } from '../../utils/contract/closed-loop.ts';
import type { Feedback } from '../../utils/contract/feedback.ts';
import { PLANNED_DAYS } from '../../utils/contract/lead-context.ts';
import { noteChanges } from '../live/changes.ts';
import { listPlans } from '../plans/plan-store.ts';
import { readClosedLoop, sumOf } from '../reports/closed-loop.ts';
import type { Database, WriteTransaction } from '../store/database.ts';
import { feedbackJson } from '../store/json.ts';
import { activityJson, campaignDetailsJson } from './campaign-json.ts';
import { earliest, readTouchesAsOf } from './touches-as-of.ts';

/** More were never asked about one campaign; older ones stand in the list of plans. */
const PLANS = 20;

/** All there is to say of one campaign; null when there is none. */
export async function readCampaign(
  db: Database,
  workspaceId: string,
  { id, from, to }: { id: string; from: Month; to: Month },
  now: Date,
): Promise<CampaignReport | null> {
  const { rows } = await sql<Pick<CampaignReport, 'campaign' | 'activity'>>`
    select ${campaignDetailsJson('page')} as campaign, ${activityJson(workspaceId, now)} as activity
    from campaigns c where c.workspace_id = ${workspaceId} and c.id = ${id}`.execute(db);
  const [found] = rows;
  if (!found) return null;
  const touchesAsOf = await readTouchesAsOf(db, workspaceId);
  const report = await readClosedLoop(db, workspaceId, { from, to }, now);
  const period = { id, from, to };
  return {
    ...found,
    from,
    to,
    asOf: earliest(report.asOf, touchesAsOf),
    figures: report.campaigns.find(({ campaign }) => campaign.id === id)?.figures ?? sumOf([]),
    touches: await readTouches(db, workspaceId, period),
    verdicts: await readVerdicts(db, workspaceId, period),
    quotes: await readQuotes(db, workspaceId, period),
    planned: await readPlannedDays(db, workspaceId, id, now),
    plans: await listPlans(db, workspaceId, { campaignId: id, limit: PLANS }, now),
  };
}

/** What marketing says of a campaign; false when there is none. */
export async function patchCampaign(
  tx: WriteTransaction,
  workspaceId: string,
  id: string,
  { goal, cost, talkingPoints }: CampaignPatch,
): Promise<boolean> {
  const set = [
    ...(goal === undefined ? [] : [sql`goal = ${goal}`]),
    ...(cost === undefined
      ? []
      : [sql`cost = ${cost?.amount ?? null}::numeric, cost_currency = ${cost?.currency ?? null}`]),
    ...(talkingPoints === undefined ? [] : [sql`talking_points = ${talkingPoints}`]),
  ];
  const changes = set.length === 0 ? [sql`goal = c.goal`] : set;
  const { rows } = await sql`
    update campaigns c set ${sql.join(changes)}
    where c.workspace_id = ${workspaceId} and c.id = ${id} returning c.id`.execute(tx);
  noteChanges(tx, 'campaigns', [id]);
  // Panels show what there is to say about it, of people whom nothing here names.
  if (talkingPoints !== undefined && rows.length > 0) noteChanges(tx, 'person', 'any');
  return rows.length > 0;
}

interface Period {
  id: string;
  from: Month;
  to: Month;
}

/** Weeks count for the month that their Monday lies in. */
async function readTouches(
  db: Database,
  workspaceId: string,
  { id, from, to }: Period,
): Promise<CampaignReport['touches']> {
  const { rows } = await sql<CampaignReport['touches'][number]>`
    select w.week::text as week, w.kind, w.touches, w.machine from campaign_touches w
    where w.workspace_id = ${workspaceId} and w.campaign_id = ${id} and w.touches > 0
      and w.week >= ${`${from}-01`}::date and w.week < ${`${to}-01`}::date + interval '1 month'
    order by w.week, w.kind`.execute(db);
  return rows;
}

/** Feedback `f` on a campaign, or on what people are due to receive from it. */
const about = (workspaceId: string, { id, from, to }: Period) => sql`
  f.state <> 'withdrawn'
  and f.at >= ${`${from}-01`}::timestamp at time zone 'UTC'
  and f.at < (${`${to}-01`}::date + interval '1 month') at time zone 'UTC'
  and f.id in (
    select a.id from feedback a
    where a.workspace_id = ${workspaceId} and a.campaign_id = ${id} and a.campaign_id is not null
    union all
    select b.id from planned_touches t
    join feedback b on b.workspace_id = ${workspaceId} and b.planned_touch_id = t.id
    where t.workspace_id = ${workspaceId} and t.campaign_id = ${id} and b.planned_touch_id is not null)`;

async function readVerdicts(
  db: Database,
  workspaceId: string,
  period: Period,
): Promise<CampaignReport['verdicts']> {
  const { rows } = await sql<{ verdict: Feedback['verdict']; n: number }>`
    select f.verdict, count(*)::int as n from feedback f
    where f.workspace_id = ${workspaceId} and ${about(workspaceId, period)} group by f.verdict`.execute(db);
  const count = (verdict: Feedback['verdict']) => rows.find((row) => row.verdict === verdict)?.n ?? 0;
  return {
    praise: count('praise'),
    suggestion: count('suggestion'),
    hold: count('hold'),
    askFirst: count('ask-first'),
  };
}

async function readQuotes(db: Database, workspaceId: string, period: Period): Promise<Feedback[]> {
  const { rows } = await sql<{ quote: Feedback }>`
    select ${feedbackJson(workspaceId)} as quote from feedback f
    where f.workspace_id = ${workspaceId} and ${about(workspaceId, period)} and f.comment is not null and f.comment <> ''
    order by f.at desc, f.id desc limit ${CAMPAIGN_QUOTES}`.execute(db);
  return rows.map(({ quote }) => quote);
}

async function readPlannedDays(
  db: Database,
  workspaceId: string,
  id: string,
  now: Date,
): Promise<PlannedDay[]> {
  const from = now.toISOString();
  const { rows } = await sql<PlannedDay>`
    select (t.at at time zone 'UTC')::date::text as day, count(*)::int as touches,
      (count(*) filter (where exists (
        select 1 from feedback h
        where h.workspace_id = ${workspaceId} and h.planned_touch_id = t.id and h.planned_touch_id is not null
          and h.state <> 'withdrawn')))::int as held
    from planned_touches t
    where t.workspace_id = ${workspaceId} and t.campaign_id = ${id} and not t.cancelled
      and t.at > ${from}::timestamptz
      and t.at < ${from}::timestamptz + ${sql.lit(`${PLANNED_DAYS} days`)}::interval
    group by 1 order by 1`.execute(db);
  return rows;
}
