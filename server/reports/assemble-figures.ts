import type { Agreement } from '../../utils/contract/agreement.ts';
import {
  type Figure,
  FigureId,
  type FigureTarget,
  type FigureUnit,
  type FigureValue,
  type FiguresReport,
  ReachedStage,
} from '../../utils/contract/figures.ts';
import type { Team } from '../../utils/contract/session.ts';
import { WITHIN_DAYS } from '../../utils/domain/hand-over-counts.ts';
import { DAY_MS } from '../../utils/domain/instants.ts';
import { monthAfter, monthsOf, periodBefore, type ReportPeriod } from '../../utils/domain/report-period.ts';
import type { MonthCount } from './read-counts.ts';

/** How often each name occurs. */
type Counts = ReadonlyMap<string, number>;
type Spread = NonNullable<Figure['spread']>;

/** How a figure follows from counted names; see docs/figures.md. */
type Definition = { team: Team; open?: string } & (
  | { unit: 'count'; of: string }
  | { unit: 'percent'; part: string[]; rest: string[] }
  | { unit: 'working-minutes'; prefix: string }
);

const DEFINITIONS: Readonly<Record<FigureId, Definition>> = {
  'leads-handed-over': { team: 'marketing', unit: 'count', of: 'hand-over' },
  'acceptance-rate': {
    team: 'marketing',
    unit: 'percent',
    part: ['accepted'],
    rest: ['refused'],
    open: 'undecided',
  },
  'reasons-given': { team: 'sales', unit: 'percent', part: ['reasoned'], rest: ['reason:'] },
  'time-to-assignment': {
    team: 'sales',
    unit: 'working-minutes',
    prefix: 'assigned:',
    open: 'assigned-waiting',
  },
  'time-to-follow-up': {
    team: 'sales',
    unit: 'working-minutes',
    prefix: 'followed:',
    open: 'followed-waiting',
  },
  'assigned-in-time': {
    team: 'sales',
    unit: 'percent',
    part: ['assigned-kept'],
    rest: ['assigned-late'],
    open: 'assigned-open',
  },
  'responded-in-time': {
    team: 'sales',
    unit: 'percent',
    part: ['followed-kept'],
    rest: ['followed-late'],
    open: 'followed-open',
  },
  'feedback-answered-in-time': {
    team: 'marketing',
    unit: 'percent',
    part: ['answered-kept'],
    rest: ['answered-late'],
    open: 'answered-open',
  },
  'mql-to-won': { team: 'sales', unit: 'percent', part: ['won'], rest: ['not-won'], open: 'under-way' },
  'wins-within-profile': {
    team: 'sales',
    unit: 'percent',
    part: ['fit:1', 'fit:2', 'fit:3'],
    rest: ['fit:0'],
    open: 'fit:unknown',
  },
};

interface Given {
  period: ReportPeriod;
  /** Of the period and as many months before it. */
  counts: readonly MonthCount[];
  fits: readonly { month: string; tier: number | null; n: number }[];
  agreement: Pick<Agreement, 'targets' | 'reports'>;
  asOf: string;
}

/** Everything of the report that follows from what was counted. */
export function assembleFigures({
  period,
  counts,
  fits,
  agreement,
  asOf,
}: Given): Pick<FiguresReport, 'figures' | 'returnReasons' | 'funnel' | 'cohorts' | 'fitOfWins'> {
  const all = [
    ...counts,
    ...fits.map(({ month, tier, n }) => ({ month, name: `fit:${tier ?? 'unknown'}`, n })),
  ];
  const byMonth = Map.groupBy(all, ({ month }) => month);
  const of = (months: readonly string[]) => sumOf(months.flatMap((month) => byMonth.get(month) ?? []));
  const months = monthsOf(period);
  const now = of(months);
  const before = of(monthsOf(periodBefore(period)));
  const monthly = months.map((month) => [month, of([month])] as const);
  return {
    figures: FigureId.options.map((id) => figure(id, { now, before, monthly, agreement, asOf })),
    returnReasons: [...now]
      .filter(([name]) => name.startsWith(REASON))
      .map(([name, count]) => ({ reason: name.slice(REASON.length), count }))
      .sort((one, other) => other.count - one.count || (one.reason < other.reason ? -1 : 1)),
    funnel: [
      { stage: 'mql' as const, leads: get(now, 'hand-over') },
      ...ReachedStage.options.map((stage) => ({ stage, leads: get(now, `reached:${stage}`) })),
    ],
    cohorts: monthly.map(([month, own]) => cohort(month, own, asOf)),
    fitOfWins: [3, 2, 1, 0, null]
      .map((tier) => ({ tier, wins: get(now, `fit:${tier ?? 'unknown'}`) }))
      .filter(({ wins }) => wins > 0),
  };
}

const REASON = 'reason:';
const get = (counts: Counts, name: string) => counts.get(name) ?? 0;
const getAll = (counts: Counts, names: readonly string[]) =>
  names.reduce((sum, name) => sum + get(counts, name), 0);

/** With the names that follow from others. */
function sumOf(rows: readonly MonthCount[]): Counts {
  const counts = new Map<string, number>();
  for (const { name, n } of rows) counts.set(name, (counts.get(name) ?? 0) + n);
  counts.set('reasoned', get(counts, 'returned') - get(counts, REASON));
  counts.set('won', get(counts, 'reached:customer'));
  counts.set('not-won', get(counts, 'lasting') - get(counts, 'reached:customer'));
  return counts;
}

interface Spans {
  now: Counts;
  before: Counts;
  monthly: readonly (readonly [month: string, counts: Counts])[];
  agreement: Given['agreement'];
  asOf: string;
}

function figure(id: FigureId, { now, before, monthly, agreement, asOf }: Spans): Figure {
  const definition = DEFINITIONS[id];
  const present = valueOf(definition, now);
  const over = monthly.filter(([month]) => endOf(month) <= Date.parse(asOf));
  const spread = definition.unit === 'working-minutes' ? spreadOf(definition.prefix, now) : null;
  return {
    id,
    team: definition.team,
    unit: definition.unit,
    ...present,
    part: definition.unit === 'percent' ? getAll(now, definition.part) : null,
    open: definition.open === undefined ? 0 : get(now, definition.open),
    previous: valueOf(definition, before),
    targets: agreement.targets
      .filter((target) => target.figure === id)
      .map(({ id: target, comparison, value, unit }) => ({
        id: target,
        comparison,
        value,
        unit,
        kept: isKept({ comparison, value, unit }, present, {
          months: over.map(([, counts]) => valueOf(definition, counts).value ?? 0),
          minimumCases: agreement.reports.minimumCases,
          of: definition.unit,
        }),
      })),
    months: monthly.map(([month, counts]) => ({ month, ...valueOf(definition, counts) })),
    ...(spread && { spread }),
  };
}

function valueOf(definition: Definition, counts: Counts): FigureValue {
  switch (definition.unit) {
    case 'count': {
      const cases = get(counts, definition.of);
      return { value: cases, cases };
    }
    case 'percent': {
      const part = getAll(counts, definition.part);
      const cases = part + getAll(counts, definition.rest);
      return { value: cases === 0 ? null : (100 * part) / cases, cases };
    }
    case 'working-minutes': {
      const times = timesOf(definition.prefix, counts);
      return { value: percentile(times, 0.5), cases: times.reduce((sum, [, n]) => sum + n, 0) };
    }
  }
}

function spreadOf(prefix: string, counts: Counts): Spread | null {
  const times = timesOf(prefix, counts);
  const [p25, median, p75, p90] = [0.25, 0.5, 0.75, 0.9].map((share) => percentile(times, share));
  return p25 == null || median == null || p75 == null || p90 == null ? null : { p25, median, p75, p90 };
}

/** Minutes and how often they were taken, shortest first. */
function timesOf(prefix: string, counts: Counts): (readonly [minutes: number, n: number])[] {
  return [...counts]
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, n]) => [Number(name.slice(prefix.length)), n] as const)
    .sort(([one], [other]) => one - other);
}

/** The shortest time that at least so much of the cases took at most: always one that was taken. */
function percentile(times: readonly (readonly [minutes: number, n: number])[], share: number): number | null {
  const cases = times.reduce((sum, [, n]) => sum + n, 0);
  let seen = 0;
  for (const [minutes, n] of times) {
    seen += n;
    // Whole numbers on both sides: a share such as 0.9 is none.
    if (100 * seen >= Math.round(100 * share) * cases) return minutes;
  }
  return null;
}

function isKept(
  { comparison, value, unit }: Pick<FigureTarget, 'comparison' | 'value' | 'unit'>,
  present: FigureValue,
  { months, minimumCases, of }: { months: readonly number[]; minimumCases: number; of: FigureUnit },
): boolean | null {
  // The running month is no whole one: on its first days every target would be missed.
  if (unit === 'per-month' && months.length === 0) return null;
  if (present.value === null || (of !== 'count' && present.cases < minimumCases)) return null;
  const reached = unit === 'per-month' ? mean(months) : present.value;
  return comparison === 'at-least' ? reached >= value : reached <= value;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const endOf = (month: string) => Date.parse(`${monthAfter(month, 1)}-01T00:00:00.000Z`);

function cohort(month: string, counts: Counts, asOf: string): FiguresReport['cohorts'][number] {
  const end = endOf(month);
  const reached = ReachedStage.options.flatMap((stage) =>
    WITHIN_DAYS.map((withinDays) => ({
      stage,
      withinDays,
      leads: get(counts, `reached:${stage}:${withinDays}`),
      complete: end + withinDays * DAY_MS <= Date.parse(asOf),
    })),
  );
  return { month, size: get(counts, 'hand-over'), reached };
}
