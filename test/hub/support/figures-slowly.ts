import { sql } from 'kysely';
import type { HandOver } from '../../../utils/contract/hand-over.ts';
import type { Database } from '../../../server/store/database.ts';

export interface SlowFilter {
  campaignId?: string;
  ownerId?: string;
  country?: string;
  rule?: string;
}

interface Event {
  id: string;
  person_id: string;
  from_stage: string | null;
  to_stage: string;
  at: Date;
  kind: string;
  reason: string | null;
  refers_to: string | null;
  feedback_id: string | null;
}

interface Rows {
  people: { id: string; country: string | null; archived_at: Date | null }[];
  touchpoints: {
    id: string;
    person_id: string;
    campaign_id: string | null;
    kind: string;
    machine: boolean;
    occurred_at: Date;
  }[];
  stage_events: Event[];
  hand_overs: { id: string; person_id: string; at: Date; owner_id: string | null; document: HandOver }[];
  feedback: {
    state: string;
    at: Date;
    by_user_id: string;
    person_id: string | null;
    filed_under: string | null;
    answer_due_at: Date | null;
    answered_at: Date | null;
  }[];
  qualifications: { person_id: string; fit_score: number }[];
  tier_cutoffs: { fit: (number | null)[] }[];
}

const PATH = ['inquiry', 'lead', 'mql', 'sal', 'sql', 'opportunity', 'customer'];
const NOT_THEIRS = [
  'email.sent',
  'email.delivered',
  'email.bounced',
  'email.complained',
  'email.unsubscribed',
  'event.no_show',
  'note',
  'custom',
];
const DAY = 86_400_000;
const monthOf = (time: Date) => time.toISOString().slice(0, 7);

/** Every row there is of what figures are made of. */
export async function readRows(db: Database, workspaceId: string): Promise<Rows> {
  const tables = {
    people: [],
    touchpoints: [],
    stage_events: [],
    hand_overs: [],
    feedback: [],
    qualifications: [],
    tier_cutoffs: [],
  } as unknown as Rows;
  for (const name of Object.keys(tables) as (keyof Rows)[]) {
    const { rows } = await sql`select * from ${sql.table(name)} where workspace_id = ${workspaceId}`.execute(
      db,
    );
    (tables as unknown as Record<string, unknown>)[name] = rows;
  }
  return tables;
}

/** The stage events of somebody that were neither undone nor mended. */
function standing(rows: Rows, personId: string): Event[] {
  const own = rows.stage_events.filter((event) => event.person_id === personId);
  return own
    .filter(({ kind }) => kind !== 'undo')
    .filter(({ id }) => !own.some(({ refers_to }) => refers_to === id))
    .sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1));
}

const atLeast = (events: readonly Event[], stage: string) =>
  events.filter(({ to_stage }) => PATH.indexOf(to_stage) >= PATH.indexOf(stage));

/** One hand-over, looked at by itself. */
interface Case {
  month: string;
  personId: string;
  document: HandOver;
  /** When the lead came that far; in days since the hand-over. */
  days: Record<string, number | undefined>;
  /** The last time it came back; '' without a reason. */
  returned: string | undefined;
  isWithdrawn: boolean;
}

function casesOf(rows: Rows, filter: SlowFilter): Case[] {
  return rows.hand_overs.flatMap((one): Case[] => {
    const { document, person_id: personId } = one;
    const person = rows.people.find(({ id }) => id === personId);
    if (document.outcome === 'merged' || !person || person.archived_at) return [];
    if (filter.ownerId && one.owner_id !== filter.ownerId) return [];
    if (filter.country && person.country !== filter.country) return [];
    if (filter.rule && document.rule.id !== filter.rule) return [];
    const touched = rows.touchpoints.some(
      (touch) => touch.person_id === personId && touch.campaign_id === filter.campaignId,
    );
    if (filter.campaignId && !touched) return [];
    const others = rows.hand_overs.filter(
      (other) => other.person_id === personId && other.document.outcome !== 'merged' && other.id !== one.id,
    );
    const following = others
      .filter(({ at, id }) => at > one.at || (at.getTime() === one.at.getTime() && id > one.id))
      .map(({ at }) => at.getTime());
    const end = Math.min(Infinity, ...following);
    const events = standing(rows, personId).filter(({ at }) => at >= one.at && at.getTime() < end);
    const days: Case['days'] = {};
    for (const stage of ['sal', 'sql', 'opportunity', 'customer']) {
      const [first] = atLeast(events, stage);
      days[stage] = first && (first.at.getTime() - one.at.getTime()) / DAY;
    }
    const isWithdrawn = document.outcome === 'withdrawn' && days['sal'] === undefined;
    const back = events.filter(
      ({ to_stage, from_stage, feedback_id }) =>
        (to_stage === 'recycled' || to_stage === 'disqualified') &&
        (feedback_id !== null || ['mql', 'sal', 'sql', 'opportunity'].includes(from_stage ?? '')),
    );
    const returned = isWithdrawn || back.length === 0 ? undefined : (back.at(-1)!.reason ?? '');
    return [{ month: monthOf(one.at), personId, document, days, returned, isWithdrawn }];
  });
}

interface SlowFigure {
  value: number | null;
  cases: number;
}

const rate = (part: number, cases: number): SlowFigure => ({
  value: cases === 0 ? null : (100 * part) / cases,
  cases,
});

function median(minutes: number[]): SlowFigure {
  const sorted = minutes.toSorted((a, b) => a - b);
  return { value: sorted[Math.ceil(sorted.length / 2) - 1] ?? null, cases: sorted.length };
}

/** How the wait for an assignment, or for the rep, ended: in time, too late, or not at all yet. */
function judge(document: HandOver, now: string): { assigned: string; followed: string } {
  const { assignment, response, followUp, outcome, escalations } = document;
  const passed = (stop: string | undefined, due: string) => (stop === undefined ? now >= due : stop > due);
  const still = outcome === undefined ? 'open' : 'none';
  let assigned = still;
  if (passed(assignment.stoppedAt, assignment.due)) assigned = 'late';
  else if (response || followUp) assigned = 'kept';
  if (!response) return { assigned, followed: still };
  const answer = followUp?.at ?? response.stoppedAt ?? '9999';
  const warned = escalations.some(({ at }) => at < answer && at > (assignment.stoppedAt ?? ''));
  if (warned || passed(response.stoppedAt, response.due)) return { assigned, followed: 'late' };
  return { assigned, followed: outcome === 'followed-up' || outcome === 'returned' ? 'kept' : still };
}

function fitTier(rows: Rows, personId: string): number | null {
  const score = rows.qualifications.find(({ person_id }) => person_id === personId)?.fit_score;
  if (score === undefined) return null;
  const cutoffs = rows.tier_cutoffs[0]?.fit ?? [];
  if (score <= 0) return 0;
  return [3, 2, 1].find((tier) => score >= (cutoffs[tier - 1] ?? Infinity)) ?? 0;
}

/** Everything of the report over some months, read off the raw rows one by one. */
export function figuresSlowly(
  rows: Rows,
  { from, to }: { from: string; to: string },
  filter: SlowFilter,
  now: string,
) {
  const all = casesOf(rows, filter).filter(({ month }) => month >= from && month <= to);
  const feedback = rows.feedback.filter(
    ({ at, state, answer_due_at, by_user_id, filed_under, person_id }) =>
      state !== 'withdrawn' &&
      answer_due_at !== null &&
      monthOf(at) >= from &&
      monthOf(at) <= to &&
      !filter.rule &&
      (!filter.ownerId || filter.ownerId === by_user_id) &&
      (!filter.campaignId || filter.campaignId === filed_under) &&
      (!filter.country ||
        rows.people.some(({ id, country }) => id === person_id && country === filter.country)),
  );
  const answers = feedback.map(({ answered_at, answer_due_at }) => {
    const end = (answered_at ?? new Date(now)).getTime();
    if (end > answer_due_at!.getTime()) return 'late';
    if (answered_at) return 'kept';
    return end === answer_due_at!.getTime() ? 'late' : 'open';
  });
  const count = (test: (one: Case) => boolean) => all.filter(test).length;
  const came = (stage: string) => (one: Case) => one.days[stage] !== undefined;
  const judged = all.map(({ document }) => judge(document, now));
  const clock = (which: 'assigned' | 'followed') => {
    const kept = judged.filter((one) => one[which] === 'kept').length;
    return rate(kept, kept + judged.filter((one) => one[which] === 'late').length);
  };
  const returned = all.flatMap((one) => (one.returned === undefined ? [] : [one.returned]));
  const won = all.filter(came('customer'));
  const tiers = won.map(({ personId }) => fitTier(rows, personId));
  const known = tiers.filter((tier) => tier !== null);
  const lasting = count(({ isWithdrawn }) => !isWithdrawn);
  const refused = count((one) => one.returned !== undefined && !came('sal')(one));
  const reasons = Object.entries(Object.groupBy(returned, (reason) => reason));
  const kept = answers.filter((answer) => answer === 'kept').length;
  return {
    figures: {
      'leads-handed-over': { value: all.length, cases: all.length },
      'acceptance-rate': rate(count(came('sal')), count(came('sal')) + refused),
      'reasons-given': rate(returned.filter((reason) => reason !== '').length, returned.length),
      'time-to-assignment': median(
        all.flatMap(({ document: { response, assignment } }) =>
          response && assignment.tookMinutes !== undefined ? [Math.floor(assignment.tookMinutes)] : [],
        ),
      ),
      'time-to-follow-up': median(
        all.flatMap(({ document: { response, followUp } }) =>
          followUp && response?.tookMinutes !== undefined ? [Math.floor(response.tookMinutes)] : [],
        ),
      ),
      'assigned-in-time': clock('assigned'),
      'responded-in-time': clock('followed'),
      'feedback-answered-in-time': rate(kept, answers.filter((answer) => answer !== 'open').length),
      'mql-to-won': rate(won.length, lasting),
      'wins-within-profile': rate(known.filter((tier) => tier > 0).length, known.length),
    } as Record<string, SlowFigure>,
    open: {
      'acceptance-rate': count(
        (one) => !one.isWithdrawn && one.returned === undefined && one.days['sal'] === undefined,
      ),
      'time-to-assignment': count(
        ({ document: { outcome, response, followUp } }) => !outcome && !response && !followUp,
      ),
      'time-to-follow-up': count(({ document: { outcome } }) => !outcome),
      'assigned-in-time': judged.filter(({ assigned }) => assigned === 'open').length,
      'responded-in-time': judged.filter(({ followed }) => followed === 'open').length,
      'feedback-answered-in-time': answers.filter((answer) => answer === 'open').length,
      'mql-to-won': count((one) => !one.isWithdrawn && one.returned === undefined && !came('customer')(one)),
      'wins-within-profile': tiers.length - known.length,
    } as Record<string, number>,
    returnReasons: reasons
      .map(([reason, list]) => ({ reason, count: list!.length }))
      .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1)),
    funnel: [all.length, ...['sal', 'sql', 'opportunity', 'customer'].map((stage) => count(came(stage)))],
    cohort: (month: string) => ({
      size: count((one) => one.month === month),
      reached: ['sal', 'sql', 'opportunity', 'customer'].flatMap((stage) =>
        [30, 60, 90, 180].map((within) =>
          count((one) => one.month === month && (one.days[stage] ?? Infinity) <= within),
        ),
      ),
    }),
    fitOfWins: [3, 2, 1, 0, null]
      .map((tier) => ({ tier, wins: tiers.filter((one) => one === tier).length }))
      .filter(({ wins }) => wins > 0),
  };
}

/** What a model gives the touches of a path, with the parts that some of them play. */
type Weigh = (path: { at: number; parts: string[] }[]) => number[];

/** Who is owed the wins of some months, in millionths by campaign; written anew, without the hub's own functions. */
export function creditsSlowly(
  rows: Rows,
  { from, to }: { from: string; to: string },
  weigh: Weigh,
): { wins: number; credits: Record<string, { credit: number; wins: number }>; unattributed: number } {
  const credits: Record<string, { credit: number; wins: number }> = {};
  let wins = 0;
  let unattributed = 0;
  for (const { id } of rows.people.filter(({ archived_at }) => !archived_at)) {
    const events = standing(rows, id);
    const [win] = atLeast(events, 'customer');
    if (!win || monthOf(win.at) < from || monthOf(win.at) > to) continue;
    wins += 1;
    const path = rows.touchpoints
      .filter(
        (one) => one.person_id === id && one.campaign_id && !one.machine && !NOT_THEIRS.includes(one.kind),
      )
      .filter(({ occurred_at }) => occurred_at <= win.at)
      .sort((a, b) => a.occurred_at.getTime() - b.occurred_at.getTime() || (a.id < b.id ? -1 : 1));
    if (path.length === 0) {
      unattributed += 1_000_000;
      continue;
    }
    const upTo = (time: Date | undefined) =>
      time && path.filter(({ occurred_at }) => occurred_at <= time).length - 1;
    const parts: [string, number | undefined][] = [
      ['lead-creation', upTo(atLeast(events, 'lead')[0]?.at)],
      ['opportunity-creation', upTo(atLeast(events, 'opportunity')[0]?.at)],
      ['close', path.length - 1],
    ];
    const weights = weigh(
      path.map(({ occurred_at }, index) => ({
        at: occurred_at.getTime(),
        parts: parts.filter(([, player]) => player === index).map(([part]) => part),
      })),
    );
    const given = weights.map((weight) => Math.floor(weight * 1_000_000));
    for (let left = 1_000_000 - given.reduce((a, b) => a + b, 0); left > 0; left--) {
      let most = 0;
      for (let index = 0; index < given.length; index++) {
        if (weights[index]! * 1_000_000 - given[index]! > weights[most]! * 1_000_000 - given[most]!)
          most = index;
      }
      given[most]! += 1;
    }
    const own: Record<string, number> = {};
    for (const [index, { campaign_id }] of path.entries()) {
      own[campaign_id!] = (own[campaign_id!] ?? 0) + given[index]!;
    }
    for (const [campaign, credit] of Object.entries(own).filter(([, credit]) => credit > 0)) {
      const before = credits[campaign] ?? { credit: 0, wins: 0 };
      credits[campaign] = { credit: before.credit + credit, wins: before.wins + 1 };
    }
  }
  return { wins, credits, unattributed };
}
