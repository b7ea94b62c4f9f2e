import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { AgendaItem, AgendaSection, AgendaSource } from '../../utils/contract/agenda.ts';
import type { Month } from '../../utils/contract/closed-loop.ts';
import type { HandOver } from '../../utils/contract/hand-over.ts';
import { promiseKept } from '../../utils/domain/promise-kept.ts';
import type { Database } from '../store/database.ts';

/** More of one kind than anybody talks about in an hour. */
const REASONS = 5;
const CAMPAIGNS = 3;
const WORDS = 8;
const QUESTIONS = 10;
const EXAMPLES = 5;
const MOST_HAND_OVERS = 5_000;

interface Given {
  db: Database;
  workspaceId: string;
  /** The month, from its first moment to the first one after it, and when the one before it began. */
  before: string;
  from: string;
  to: string;
  now: Date;
}

/** What there is to talk about of a month: from the hub's data, as it stands now. */
export async function makeItems(
  db: Database,
  workspaceId: string,
  month: Month,
  now: Date,
): Promise<AgendaItem[]> {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const first = (months: number) => new Date(Date.UTC(year, number - 1 + months)).toISOString();
  const given = { db, workspaceId, before: first(-1), from: first(0), to: first(1), now };
  const questions = await readQuestions(given);
  const words = await readWords(given, questions);
  return [
    ...items('reasons', await readReasons(given)),
    ...items('campaigns', await readCampaigns(given)),
    ...items('promises', [await salesPromises(given), await marketingPromises(given)].flat()),
    ...items('words', words.map(ofFeedback)),
    ...items('questions', questions.map(ofFeedback)),
  ];
}

const items = (section: AgendaSection, sources: readonly AgendaSource[]): AgendaItem[] =>
  sources.map((source) => ({ id: uuid(), section, source, text: '', notes: '', done: false, decisions: [] }));

const ofFeedback = (feedbackId: string): AgendaSource => ({ kind: 'feedback', feedbackId });

/** Why leads came back most often. */
async function readReasons({ db, workspaceId, before, from, to }: Given): Promise<AgendaSource[]> {
  const { rows } = await sql<{ reason: string; count: number; before: number }>`
    select r.name as reason, count(*) filter (where f.at >= ${from}::timestamptz)::int as count,
      count(*) filter (where f.at < ${from}::timestamptz)::int as before
    from feedback f, unnest(f.reasons) as r (name)
    where f.workspace_id = ${workspaceId} and f.verdict = 'returned' and f.state <> 'withdrawn'
      and f.at >= ${before}::timestamptz and f.at < ${to}::timestamptz
    group by r.name having count(*) filter (where f.at >= ${from}::timestamptz) > 0
    order by count desc, r.name limit ${REASONS}`.execute(db);
  return rows.map((row) => ({ kind: 'reason', ...row }));
}

/** What sales spoke of best and worst: praise and leads accepted against everything else they say. */
export async function readCampaigns({
  db,
  workspaceId,
  from,
  to,
}: Pick<Given, 'db' | 'workspaceId' | 'from' | 'to'>): Promise<
  Extract<AgendaSource, { kind: 'campaign' }>[]
> {
  const { rows } = await sql<{ campaignId: string; good: number; bad: number }>`
    select f.filed_under as "campaignId",
      count(*) filter (where f.verdict in ('praise', 'accepted'))::int as good,
      count(*) filter (where f.verdict not in ('praise', 'accepted'))::int as bad
    from feedback f
    where f.workspace_id = ${workspaceId} and f.filed_under is not null and f.state <> 'withdrawn'
      and f.at >= ${from}::timestamptz and f.at < ${to}::timestamptz
    group by f.filed_under order by f.filed_under`.execute(db);
  const surplus = ({ good, bad }: (typeof rows)[number]) => good - bad;
  const sorted = rows.toSorted((one, other) => surplus(other) - surplus(one));
  const best = sorted.filter((row) => surplus(row) > 0).slice(0, CAMPAIGNS);
  const worst = sorted
    .filter((row) => surplus(row) < 0)
    .reverse()
    .slice(0, CAMPAIGNS);
  return [
    ...best.map((row) => ({ kind: 'campaign' as const, rank: 'best' as const, ...row })),
    ...worst.map((row) => ({ kind: 'campaign' as const, rank: 'worst' as const, ...row })),
  ];
}

/** Hand-overs of the month whose promise is decided. */
async function salesPromises({ db, workspaceId, from, to, now }: Given): Promise<AgendaSource[]> {
  const { rows } = await sql<{ id: string; document: HandOver }>`
    select h.id, h.document from hand_overs h
    where h.workspace_id = ${workspaceId} and h.at >= ${from}::timestamptz and h.at < ${to}::timestamptz
    order by h.at desc, h.id limit ${MOST_HAND_OVERS}`.execute(db);
  const decided = rows.flatMap(({ id, document }) => {
    const kept = promiseKept(document, now);
    return kept === null ? [] : [{ id, kept }];
  });
  const broken = decided.filter(({ kept }) => !kept).map(({ id }) => id);
  return promises('sales', broken, broken.length, decided.length);
}

/** Feedback whose answer was promised for some time in the month. */
async function marketingPromises({ db, workspaceId, from, to, now }: Given): Promise<AgendaSource[]> {
  const { rows } = await sql<{ of: number; broken: number; ids: string[] | null }>`
    select count(*)::int as of, count(*) filter (where b.broken)::int as broken,
      to_json((array_agg(b.id order by b.at desc, b.id) filter (where b.broken))[1:${sql.lit(EXAMPLES)}]) as ids
    from (
      select f.id, f.at, coalesce(f.answered_at, ${now.toISOString()}::timestamptz) > f.answer_due_at as broken
      from feedback f
      where f.workspace_id = ${workspaceId} and f.state <> 'withdrawn'
        and f.answer_due_at >= ${from}::timestamptz and f.answer_due_at < ${to}::timestamptz
        and (f.answered_at is not null or f.answer_due_at <= ${now.toISOString()}::timestamptz)
    ) b`.execute(db);
  const [found] = rows;
  return found ? promises('marketing', found.ids ?? [], found.broken, found.of) : [];
}

/** Kept ones are worth a word as well; where nothing was promised there is nothing to say. */
const promises = (team: 'sales' | 'marketing', ids: string[], broken: number, of: number): AgendaSource[] =>
  of === 0 ? [] : [{ kind: 'promises', team, broken, of, ids: ids.slice(0, EXAMPLES) }];

/** What is open now: asked back and not answered, or later than promised. */
async function readQuestions({ db, workspaceId, now }: Given): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select f.id from feedback f
    where f.workspace_id = ${workspaceId} and f.state <> 'withdrawn' and (f.waits_for = 'sales'
      or (f.waits_for = 'marketing' and f.answered_at is null and f.answer_due_at <= ${now.toISOString()}::timestamptz))
    order by f.at, f.id limit ${QUESTIONS}`.execute(db);
  return rows.map(({ id }) => id);
}

/** What was said in words: what was talked about first, then the newest. */
async function readWords({ db, workspaceId, from, to }: Given, open: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select f.id from feedback f
    where f.workspace_id = ${workspaceId} and f.state <> 'withdrawn' and coalesce(f.comment, '') <> ''
      and f.at >= ${from}::timestamptz and f.at < ${to}::timestamptz and f.id <> all (${open}::uuid[])
    order by exists (
        select 1 from feedback_replies r where r.workspace_id = ${workspaceId} and r.feedback_id = f.id) desc,
      f.at desc, f.id
    limit ${WORDS}`.execute(db);
  return rows.map(({ id }) => id);
}
