import { i18n } from '../../ui/i18n.ts';
import type { Agreement } from '../../../utils/contract/agreement.ts';
import type { Figure, FigureId, FiguresReport } from '../../../utils/contract/figures.ts';
import { format } from '../../ui/language.ts';
import { stageLabel } from '../../ui/stage-label.ts';
import type { ChartContent, Range, Series } from './chart-spec.ts';
import type { ReportTable } from './report-table.ts';
import {
  amount,
  caseCount,
  fewWords,
  figureName,
  minutes,
  monthName,
  percent,
  periodName,
  reasonLabel,
  roundedNumber,
  sentences,
  shareOf,
  shortMonth,
  targetWords,
  tierLabel,
} from './report-words.ts';

/** The figure with an id; a report has each. */
function figureOf({ figures }: FiguresReport, id: FigureId): Figure {
  const figure = figures.find((each) => each.id === id);
  if (!figure) throw new Error(`The report lacks the figure ${id}.`);
  return figure;
}

/** How to read a mark that stands on too few cases, where there is one. */
function hollow(report: FiguresReport, figures: readonly Figure[]): { note?: string } {
  const hasFew = figures.some(({ months }) =>
    months.some(({ value, cases }) => value !== null && cases < report.minimumCases),
  );
  if (!hasFew) return {};
  return { note: i18n.t('report.chart.hollow', { minimum: format().number(report.minimumCases) }) };
}

/** All figures by month: the first table of the report. */
export function figuresTable(report: FiguresReport): ReportTable {
  return {
    name: 'figures',
    title: i18n.t('report.figures.title'),
    columns: [
      i18n.t('report.chart.month'),
      ...report.figures.flatMap((figure) =>
        figure.unit === 'count'
          ? [figureName(figure.id)]
          : [
              `${figureName(figure.id)}, ${figure.unit === 'percent' ? '%' : 'min'}`,
              i18n.t('report.chart.casesOf', { name: figureName(figure.id) }),
            ],
      ),
    ],
    rows: [
      [periodName(report), ...report.figures.flatMap(cellsOf)],
      ...(report.figures[0]?.months ?? []).map(({ month }, index) => [
        monthName(month),
        ...report.figures.flatMap((figure) =>
          cellsOf({ unit: figure.unit, value: null, cases: 0, ...figure.months[index] }),
        ),
      ]),
    ],
  };
}

const cellsOf = ({ unit, value, cases }: Pick<Figure, 'unit' | 'value' | 'cases'>) =>
  unit === 'count' ? [value] : [value, cases];

export function handOversByMonth(report: FiguresReport): ChartContent {
  const { value, months } = figureOf(report, 'leads-handed-over');
  const most = months.toSorted((a, b) => b.cases - a.cases)[0];
  return {
    title: i18n.t('report.handOvers.title'),
    sentence:
      value && most
        ? i18n.t('report.handOvers.sentence', {
            period: periodName(report),
            count: format().number(value),
            month: monthName(most.month),
            most: format().number(most.cases),
          })
        : fewWords(0, report.minimumCases),
    spec: value
      ? { kind: 'columns', columns: months.map(({ month, cases }) => ({ month, value: cases })) }
      : null,
    table: {
      name: 'hand-overs',
      title: i18n.t('report.handOvers.title'),
      columns: [i18n.t('report.chart.month'), figureName('leads-handed-over')],
      rows: months.map(({ month, cases }) => [monthName(month), cases]),
    },
  };
}

export function acceptanceByMonth(report: FiguresReport): ChartContent {
  const figure = figureOf(report, 'acceptance-rate');
  return {
    title: i18n.t('report.acceptance.title'),
    sentence:
      figure.value === null
        ? fewWords(0, report.minimumCases)
        : sentences(
            i18n.t('report.acceptance.sentence', {
              value: percent(figure.value),
              period: periodName(report),
            }),
            fewWords(figure.cases, report.minimumCases),
            rangeOf(figure, report.minimumCases),
          ),
    spec: linesOf(report, [{ name: '', figure }]),
    ...hollow(report, [figure]),
    table: ratesTable('acceptance', i18n.t('report.acceptance.title'), [figure]),
  };
}

function rangeOf({ months }: Figure, minimum: number): string {
  const sure = months
    .flatMap(({ month, value, cases }) => (value !== null && cases >= minimum ? [{ month, value }] : []))
    .toSorted((a, b) => a.value - b.value);
  const [low, high] = [sure.at(0), sure.at(-1)];
  if (!low || !high || sure.length < 2) return '';
  return i18n.t('report.acceptance.range', {
    low: percent(low.value),
    lowMonth: monthName(low.month),
    high: percent(high.value),
    highMonth: monthName(high.month),
  });
}

/** What each side promised the other, in one picture. */
export function promisesByMonth(report: FiguresReport): ChartContent {
  const [sales, marketing] = [
    figureOf(report, 'responded-in-time'),
    figureOf(report, 'feedback-answered-in-time'),
  ];
  const shown = ({ value }: Figure) => (value === null ? i18n.t('report.promises.nothing') : percent(value));
  const hasCase = sales.cases + marketing.cases > 0;
  return {
    title: i18n.t('report.promises.title'),
    sentence: hasCase
      ? sentences(
          i18n.t('report.promises.sentence', {
            period: periodName(report),
            sales: shown(sales),
            marketing: shown(marketing),
          }),
          ...[sales, marketing]
            .filter(({ cases }) => cases > 0 && cases < report.minimumCases)
            .map(({ id, cases }) => `${figureName(id)}: ${fewWords(cases, report.minimumCases)}`),
        )
      : fewWords(0, report.minimumCases),
    spec: hasCase
      ? linesOf(report, [
          { name: i18n.t('report.promises.sales'), figure: sales },
          { name: i18n.t('report.promises.marketing'), figure: marketing },
        ])
      : null,
    ...hollow(report, [sales, marketing]),
    table: ratesTable('promises', i18n.t('report.promises.title'), [sales, marketing]),
  };
}

function linesOf(
  { minimumCases }: FiguresReport,
  lines: readonly { name: string; figure: Figure }[],
): ChartContent['spec'] {
  if (lines.every(({ figure }) => figure.cases === 0)) return null;
  const series: Series[] = lines.map(({ name, figure: { months } }) => ({
    name,
    points: months.map(({ month, value, cases }) => ({ month, value, few: cases < minimumCases })),
  }));
  const targets = new Map(
    lines.flatMap(({ figure }) =>
      figure.targets.map((target) => [target.value, targetWords(target)] as const),
    ),
  );
  return {
    kind: 'lines',
    series,
    targets: [...targets].map(([value, words]) => ({
      value,
      label: i18n.t('report.chart.target', { value: words }),
    })),
  };
}

const ratesTable = (name: string, title: string, figures: readonly Figure[]): ReportTable => ({
  name,
  title,
  columns: [
    i18n.t('report.chart.month'),
    ...figures.flatMap(({ id }) => [
      i18n.t('report.chart.valueOf', { name: figureName(id) }),
      i18n.t('report.chart.casesOf', { name: figureName(id) }),
    ]),
  ],
  rows: (figures[0]?.months ?? []).map(({ month }, index) => [
    monthName(month),
    ...figures.flatMap(({ months }) => [months[index]?.value ?? null, months[index]?.cases ?? 0]),
  ]),
});

export function returnReasons(report: FiguresReport, agreement: Agreement | undefined): ChartContent {
  const all = report.returnReasons;
  const count = all.reduce((sum, each) => sum + each.count, 0);
  const top = all[0];
  return {
    title: i18n.t('report.reasons.title'),
    sentence: top
      ? sentences(
          i18n.t('report.reasons.sentence', {
            count: format().number(count),
            reason: reasonLabel(top.reason, agreement),
            share: shareOf(top.count, count),
          }),
          fewWords(count, report.minimumCases),
        )
      : fewWords(0, report.minimumCases),
    spec: top
      ? {
          kind: 'bars',
          bars: all.slice(0, 8).map((each) => ({
            label: reasonLabel(each.reason, agreement),
            value: each.count,
            text: `${format().number(each.count)} (${shareOf(each.count, count)})`,
          })),
        }
      : null,
    table: {
      name: 'return-reasons',
      title: i18n.t('report.reasons.title'),
      columns: [i18n.t('report.reasons.reason'), i18n.t('report.chart.count'), i18n.t('report.chart.share')],
      rows: all.map((each) => [
        reasonLabel(each.reason, agreement),
        each.count,
        roundedNumber((100 * each.count) / count),
      ]),
    },
  };
}

export function delays(report: FiguresReport): ChartContent {
  const [assignment, rep] = [figureOf(report, 'time-to-assignment'), figureOf(report, 'time-to-follow-up')];
  const rows = [
    { label: i18n.t('report.delays.assignment'), figure: assignment },
    { label: i18n.t('report.delays.rep'), figure: rep },
  ];
  const drawn = rows.flatMap(({ label, figure: { spread, cases } }): Range[] =>
    spread
      ? [
          {
            label,
            p25: spread.p25 / 60,
            median: spread.median / 60,
            p75: spread.p75 / 60,
            text: `${minutes(spread.median)} (${caseCount(cases)})`,
          },
        ]
      : [],
  );
  return {
    title: i18n.t('report.delays.title'),
    sentence: sentences(
      assignment.value !== null && rep.value !== null
        ? i18n.t('report.delays.sentence', {
            assignment: minutes(assignment.value),
            rep: minutes(rep.value),
          })
        : '',
      ...rows.map(({ label, figure: { cases } }) => {
        const few = fewWords(cases, report.minimumCases);
        return few === '' ? '' : `${label}: ${few}`;
      }),
    ),
    spec: drawn.length > 0 ? { kind: 'ranges', ranges: drawn } : null,
    note: i18n.t('report.delays.legend'),
    table: {
      name: 'delays',
      title: i18n.t('report.delays.title'),
      columns: [
        i18n.t('report.delays.delay'),
        i18n.t('report.delays.p25'),
        i18n.t('report.delays.p50'),
        i18n.t('report.delays.p75'),
        i18n.t('report.delays.p90'),
        i18n.t('report.delays.cases'),
      ],
      rows: rows.map(({ label, figure: { spread, cases } }) => [
        label,
        spread?.p25 ?? null,
        spread?.median ?? null,
        spread?.p75 ?? null,
        spread?.p90 ?? null,
        cases,
      ]),
    },
  };
}

export function funnel(report: FiguresReport, agreement: Agreement | undefined): ChartContent {
  const all = report.funnel[0]?.leads ?? 0;
  const leadsAt = (stage: string) => report.funnel.find((step) => step.stage === stage)?.leads ?? 0;
  return {
    title: i18n.t('report.funnel.title'),
    sentence:
      all > 0
        ? sentences(
            i18n.t('report.funnel.sentence', {
              all: format().number(all),
              accepted: format().number(leadsAt('sal')),
              won: format().number(leadsAt('customer')),
            }),
            fewWords(all, report.minimumCases),
          )
        : fewWords(0, report.minimumCases),
    spec:
      all > 0
        ? {
            kind: 'bars',
            bars: report.funnel.map(({ stage, leads }) => ({
              label: stageLabel(stage, agreement),
              value: leads,
              text: `${format().number(leads)} (${shareOf(leads, all)})`,
            })),
          }
        : null,
    table: {
      name: 'funnel',
      title: i18n.t('report.funnel.title'),
      columns: [i18n.t('report.funnel.stage'), i18n.t('report.chart.count'), i18n.t('report.chart.share')],
      rows: report.funnel.map(({ stage, leads }) => [
        stageLabel(stage, agreement),
        leads,
        all === 0 ? null : roundedNumber((100 * leads) / all),
      ]),
    },
  };
}

export function fitOfWins(report: FiguresReport): ChartContent {
  const all = report.fitOfWins;
  const { part, cases } = figureOf(report, 'wins-within-profile');
  const wins = all.reduce((sum, each) => sum + each.wins, 0);
  return {
    title: i18n.t('report.fit.title'),
    sentence:
      wins > 0
        ? sentences(
            i18n.t('report.fit.sentence', {
              within: format().number(part ?? 0),
              known: format().number(cases),
            }),
            fewWords(cases, report.minimumCases),
          )
        : fewWords(0, report.minimumCases),
    spec:
      wins > 0
        ? {
            kind: 'bars',
            bars: all.map((each) => ({
              label: tierLabel(each.tier),
              value: each.wins,
              text: `${format().number(each.wins)} (${shareOf(each.wins, wins)})`,
            })),
          }
        : null,
    table: {
      name: 'fit-of-wins',
      title: i18n.t('report.fit.title'),
      columns: [i18n.t('report.fit.tier'), i18n.t('report.fit.wins')],
      rows: all.map((each) => [tierLabel(each.tier), each.wins]),
    },
  };
}

/** Of a figure against the months before: the words of its card. */
export function changeWords({ value, unit, previous }: Figure, before: string, minimum: number): string {
  if (value === null) return '';
  if (previous.value === null) return i18n.t('report.figures.noPrevious', { period: before });
  if (unit !== 'count' && previous.cases < minimum)
    return i18n.t('report.figures.fewPrevious', { period: before, count: format().number(previous.cases) });
  const difference = Math.abs(value - previous.value);
  const words = {
    period: before,
    value: amount(previous.value, unit),
    difference:
      unit === 'percent'
        ? i18n.t('report.figures.points', { value: format().number(roundedNumber(difference)) })
        : amount(difference, unit),
  };
  if (unit === 'percent' ? roundedNumber(difference) === 0 : difference === 0)
    return i18n.t('report.figures.same', words);
  return value > previous.value ? i18n.t('report.figures.more', words) : i18n.t('report.figures.less', words);
}

export const shortPeriod = (period: { from: string; to: string }): string =>
  period.from === period.to ? shortMonth(period.from) : periodName(period);
