import {
  type AttributionModelId,
  type AttributionReport,
  CREDIT_OF_A_WIN,
  type Figure,
  FigureId,
  type FiguresReport,
  ReachedStage,
} from '../../utils/contract/figures.ts';
import type { ClosedLoopFigures, ClosedLoopReport } from '../../utils/contract/closed-loop.ts';
import { monthAfter } from '../../utils/domain/report-period.ts';
import { WITHIN_DAYS } from '../../utils/domain/hand-over-counts.ts';
import type { RequestOf, ResponseOf } from '../../utils/extension/messages.ts';
import { agreement, fixtureId, marketer } from '../fixtures/lead-context.ts';
import type { World } from './fake-background.ts';
import { ago, hubUrl, world } from './world.ts';

type Answer = ResponseOf<'hub.fetch'>;
const ok = (body: unknown): Answer => ({ ok: true, value: { status: 200, body } });

/** Every picture shows the same year. */
export const reportHash = 'report?from=2025-12&to=2026-11';
const from = '2025-12';
const to = '2026-11';
const months = Array.from({ length: 12 }, (_, index) => monthAfter(from, index));
const handedOver = [31, 42, 38, 55, 61, 47, 52, 66, 71, 58, 63, 24];

/** Repeatable, and uneven as figures are. */
const uneven = (index: number, least: number, most: number) =>
  least + ((index * 37 + 11) % (most - least + 1));

const basics: Record<FigureId, Pick<Figure, 'team' | 'unit'> & { least: number; most: number }> = {
  'leads-handed-over': { team: 'marketing', unit: 'count', least: 0, most: 0 },
  'acceptance-rate': { team: 'marketing', unit: 'percent', least: 58, most: 84 },
  'reasons-given': { team: 'sales', unit: 'percent', least: 88, most: 100 },
  'time-to-assignment': { team: 'sales', unit: 'working-minutes', least: 18, most: 64 },
  'time-to-follow-up': { team: 'sales', unit: 'working-minutes', least: 150, most: 410 },
  'assigned-in-time': { team: 'sales', unit: 'percent', least: 81, most: 97 },
  'responded-in-time': { team: 'sales', unit: 'percent', least: 74, most: 96 },
  'feedback-answered-in-time': { team: 'marketing', unit: 'percent', least: 70, most: 98 },
  'mql-to-won': { team: 'sales', unit: 'percent', least: 5, most: 14 },
  'wins-within-profile': { team: 'sales', unit: 'percent', least: 66, most: 100 },
};
const targets: Partial<Record<FigureId, number>> = {
  'acceptance-rate': 70,
  'reasons-given': 95,
  'responded-in-time': 90,
  'feedback-answered-in-time': 90,
};

/** One of so many that were handed over is looked at. */
function figure(id: FigureId, scale: number): Figure {
  const { team, unit, least, most } = basics[id];
  const values = months.map((month, index) => {
    const cases = Math.round((handedOver[index] ?? 0) * scale * (id === 'wins-within-profile' ? 0.085 : 1));
    const value = unit === 'count' ? cases : cases === 0 ? null : uneven(index + id.length, least, most);
    return { month, value, cases };
  });
  const cases = values.reduce((sum, each) => sum + each.cases, 0);
  const middle = Math.round((least + most) / 2) + 0.4;
  const value =
    unit === 'count' ? cases : cases === 0 ? null : unit === 'percent' ? middle : Math.round(middle);
  const target = targets[id];
  return {
    id,
    team,
    unit,
    value,
    cases,
    part: unit === 'percent' ? Math.round((cases * middle) / 100) : null,
    open: id === 'acceptance-rate' || id === 'responded-in-time' ? Math.round(19 * scale) : 0,
    previous: {
      value: value === null ? null : unit === 'percent' ? value - 4.2 : Math.round(value * 1.2),
      cases: Math.round(cases * 0.8),
    },
    targets:
      target === undefined
        ? []
        : [
            {
              id,
              comparison: 'at-least',
              value: target,
              unit: 'percent',
              kept: cases < 5 ? null : (value ?? 0) >= target,
            },
          ],
    months: values,
    ...(unit === 'working-minutes' &&
      value !== null && {
        spread: { p25: Math.round(value * 0.4), median: value, p75: value * 2, p90: value * 5 },
      }),
  };
}

function figuresReport(scale: number): FiguresReport {
  const all = Math.round(608 * scale);
  const some = (count: number) => Math.round(count * scale);
  return {
    from,
    to,
    asOf: ago(4000),
    validUntil: new Date(Date.now() + 86_400_000 * 7).toISOString(),
    minimumCases: agreement.reports.minimumCases,
    figures: FigureId.options.map((id) => figure(id, scale)),
    returnReasons: ['no-budget', 'not-ready', 'no-fit', 'not-reachable', '']
      .map((reason, index) => ({ reason, count: some(62 - index * 13) }))
      .filter(({ count }) => count > 0),
    funnel: [
      { stage: 'mql', leads: all },
      { stage: 'sal', leads: some(412) },
      { stage: 'sql', leads: some(231) },
      { stage: 'opportunity', leads: some(120) },
      { stage: 'customer', leads: some(54) },
    ],
    cohorts: months.map((month, index) => ({
      month,
      size: some(handedOver[index] ?? 0),
      reached: ReachedStage.options.flatMap((stage, depth) =>
        WITHIN_DAYS.map((days, step) => ({
          stage,
          withinDays: days,
          leads: Math.floor((some(handedOver[index] ?? 0) * (0.5 + step * 0.09)) / (1 + depth)),
          complete: index + days / 30 <= 11,
        })),
      ),
    })),
    fitOfWins: [3, 2, 1, 0, null]
      .map((tier, index) => ({ tier, wins: some([19, 17, 9, 6, 3][index] ?? 0) }))
      .filter(({ wins }) => wins > 0),
    segments: {
      owners: [
        { id: fixtureId(1, 1), name: 'Lena Brandt' },
        { id: fixtureId(1, 4), name: 'Femke Jansen' },
      ],
      countries: ['DE', 'AT', 'NL'],
      rules: agreement.sla.rules.map(({ id }) => id),
    },
  };
}

const names = [
  'Logistics fair, Hamburg',
  'Newsletter',
  'Webinar: sensors in the cold chain, with questions from practice answered by our engineers',
  'Guide to warehouse sensors',
  '‮Reversed‬ & <b>bold</b>',
  'Search ads',
  'Customers recommend us',
  'Calls in autumn',
  'LinkedIn, decision makers',
  'Trade press',
  'Open house',
  'Winter offer',
  'Old list',
];
const campaignOf = (index: number) => ({
  id: fixtureId(4, 100 + index),
  name: names[index] ?? '',
  kind: 'mail' as const,
});

function closedLoop(scale: number): ClosedLoopReport {
  const campaigns = names.map((_, index) => ({
    campaign: campaignOf(index),
    figures: reachedBy(Math.round((4200 * scale) / (index + 1))),
  }));
  return { from, to, campaigns, totals: campaigns[0]!.figures, asOf: ago(4000) };
}

const reachedBy = (reached: number): ClosedLoopFigures => ({
  reached,
  engaged: Math.round(reached / 3),
  mql: Math.round(reached / 14),
  accepted: Math.round(reached / 21),
  sql: Math.round(reached / 40),
  opportunity: Math.round(reached / 70),
  won: Math.round(reached / 160),
  returned: Math.round(reached / 50),
  returnedByReason: {},
  slaKept: 0,
  slaBroken: 0,
  praise: 0,
});

function attributionReport(model: AttributionModelId, scale: number): AttributionReport {
  const wins = Math.round(60 * scale);
  const shares = names.map((_, index) => 1 / (index + (model === 'first' ? 1.4 : 2)));
  const sum = shares.reduce((a, b) => a + b, 0) / 0.9;
  const campaigns = shares
    .map((share, index) => ({
      campaign: campaignOf(index),
      credit: Math.floor((wins * CREDIT_OF_A_WIN * share) / sum),
      wins: Math.ceil(wins / (index + 1)),
    }))
    .filter(({ credit }) => credit > 0);
  const unattributed = wins * CREDIT_OF_A_WIN - campaigns.reduce((a, { credit }) => a + credit, 0);
  const { asOf, validUntil, minimumCases } = figuresReport(scale);
  return { from, to, model, asOf, validUntil, minimumCases, wins, campaigns, unattributed };
}

function showing(scale: number, change: Partial<FiguresReport> = {}): World {
  const hub = ({ path }: RequestOf<'hub.fetch'>): Answer | undefined => {
    const { pathname, searchParams } = new URL(path, hubUrl);
    if (pathname === '/v1/agreement') return ok(agreement);
    if (pathname === '/v1/reports/figures') return ok({ ...figuresReport(scale), ...change });
    if (pathname === '/v1/reports/closed-loop') return ok(closedLoop(scale));
    if (pathname !== '/v1/reports/attribution') return undefined;
    return ok(attributionReport(searchParams.get('model') as AttributionModelId, scale));
  };
  return world({ connection: { hubUrl, me: marketer }, hub });
}

/** The report of both teams. */
export const reportStates = {
  report: () => showing(1),
  'report-few': () => showing(0.006),
  'report-expired': () => showing(1, { validUntil: ago(86_400_000 * 2) }),
  'report-empty': () => showing(0),
  'report-error': () =>
    world({ connection: { hubUrl, me: marketer }, hub: () => ({ ok: false, error: { kind: 'hub-error' } }) }),
} satisfies Record<string, () => World>;
