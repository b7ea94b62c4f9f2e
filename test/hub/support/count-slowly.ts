import { sql } from 'kysely';
import type { ClosedLoopFigures } from '../../../utils/contract/closed-loop.ts';
import type { HandOver } from '../../../utils/contract/hand-over.ts';
import type { Database } from '../../../server/store/database.ts';

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

const PATH = ['inquiry', 'lead', 'mql', 'sal', 'sql', 'opportunity', 'customer'];
/** None of these is something a person does. */
const DONE_TO_THEM = [
  'email.sent',
  'email.delivered',
  'email.bounced',
  'email.complained',
  'email.unsubscribed',
];
const SAYS_NOTHING = ['event.no_show', 'note', 'custom'];
const monthOf = (time: Date) => time.toISOString().slice(0, 7);

/** The closed loop's figures by campaign, read off the raw rows one by one: what the hub's counters have to equal. */
export async function countSlowly(
  db: Database,
  workspaceId: string,
  { from, to }: { from: string; to: string },
  now: Date,
): Promise<Record<string, ClosedLoopFigures>> {
  const all = async <Row>(table: string) =>
    (await sql<Row>`select * from ${sql.table(table)} where workspace_id = ${workspaceId}`.execute(db)).rows;
  const touchpoints = await all<{
    person_id: string;
    campaign_id: string | null;
    kind: string;
    machine: boolean;
    occurred_at: Date;
  }>('touchpoints');
  const people = (await all<{ id: string; archived_at: Date | null }>('people')).filter(
    (p) => !p.archived_at,
  );
  const events = await all<Event>('stage_events');
  const handOvers = await all<{ person_id: string; document: HandOver }>('hand_overs');
  const feedback = await all<{
    about_kind: string;
    campaign_id: string | null;
    verdict: string;
    state: string;
    at: Date;
  }>('feedback');
  const inPeriod = (month: string) => month >= from && month <= to;

  const found: Record<string, ClosedLoopFigures> = {};
  for (const { id: campaignId } of await all<{ id: string }>('campaigns')) {
    const figures = nothing();
    for (const { id } of people) {
      const own = touchpoints
        .filter((one) => one.campaign_id === campaignId && one.person_id === id)
        .sort((a, b) => a.occurred_at.getTime() - b.occurred_at.getTime());
      if (!own[0] || !inPeriod(monthOf(own[0].occurred_at))) continue;
      figures.reached += 1;
      const did = own.filter(
        ({ kind, machine }) => !machine && ![...DONE_TO_THEM, ...SAYS_NOTHING].includes(kind),
      );
      if (did.length > 0) figures.engaged += 1;
      addStages(
        figures,
        events.filter(({ person_id }) => person_id === id),
      );
      for (const { document } of handOvers.filter(({ person_id }) => person_id === id)) {
        const kept = promise(document, now.toISOString());
        if (kept === true) figures.slaKept += 1;
        if (kept === false) figures.slaBroken += 1;
      }
    }
    figures.praise = feedback.filter(
      (one) =>
        one.about_kind === 'campaign' &&
        one.campaign_id === campaignId &&
        one.verdict === 'praise' &&
        one.state !== 'withdrawn' &&
        inPeriod(monthOf(one.at)),
    ).length;
    if (figures.reached > 0 || figures.praise > 0) found[campaignId] = figures;
  }
  return found;
}

function addStages(figures: ClosedLoopFigures, events: readonly Event[]): void {
  const mended = new Set(events.map(({ refers_to }) => refers_to));
  const valid = events.filter(({ id, kind }) => kind !== 'undo' && !mended.has(id));
  const furthest = Math.max(-1, ...valid.map(({ to_stage }) => PATH.indexOf(to_stage)));
  for (const [stage, figure] of [
    ['mql', 'mql'],
    ['sal', 'accepted'],
    ['sql', 'sql'],
    ['opportunity', 'opportunity'],
    ['customer', 'won'],
  ] as const) {
    if (furthest >= PATH.indexOf(stage)) figures[figure] += 1;
  }
  const withSales = ['mql', 'sal', 'sql', 'opportunity'];
  const last = valid
    .filter(({ to_stage }) => to_stage === 'recycled' || to_stage === 'disqualified')
    .filter((one) => one.feedback_id !== null || withSales.includes(one.from_stage ?? ''))
    .sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1))
    .at(-1);
  if (!last) return;
  figures.returned += 1;
  const reason = last.reason ?? '';
  figures.returnedByReason[reason] = (figures.returnedByReason[reason] ?? 0) + 1;
}

function promise({ assignment, response, followUp, outcome, escalations }: HandOver, now: string) {
  const answered = followUp?.at ?? (response ?? assignment).stoppedAt ?? '9999';
  if (escalations.some(({ at }) => at < answered)) return false;
  for (const clock of [assignment, response]) {
    if (clock && (clock.stoppedAt ? clock.stoppedAt > clock.due : now >= clock.due)) return false;
  }
  return outcome === undefined || outcome === 'withdrawn' ? null : true;
}

const nothing = (): ClosedLoopFigures => ({
  reached: 0,
  engaged: 0,
  mql: 0,
  accepted: 0,
  sql: 0,
  opportunity: 0,
  won: 0,
  returned: 0,
  returnedByReason: {},
  slaKept: 0,
  slaBroken: 0,
  praise: 0,
});
