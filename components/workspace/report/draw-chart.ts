import {
  axisX,
  axisY,
  barX,
  barY,
  dot,
  gridY,
  line,
  plot,
  type PlotOptions,
  ruleX,
  ruleY,
  text,
  tickX,
} from '@observablehq/plot';
import type { Month } from '../../../utils/contract/closed-loop.ts';
import { format } from '../../ui/language.ts';
import { type Bar, type ChartSpec, heightOf, type Range, type Series } from './chart-spec.ts';
import { bareMonth, percent } from './report-words.ts';

/** Draws a chart so wide. Colours are tokens, so that it follows the scheme by itself. */
export function drawChart(spec: ChartSpec, width: number): SVGElement {
  const chart = plot({
    ...optionsOf(spec, width),
    width,
    height: heightOf(spec),
    style: { background: 'none', fontFamily: 'inherit', fontSize: '12px', overflow: 'visible' },
  });
  // A legend or a title would make it a figure; the card has its own.
  if (!(chart instanceof SVGElement)) throw new TypeError('The chart is no picture.');
  // One picture with one name: what its parts are called (`bar`, `rule`) is in nobody's language.
  for (const part of chart.querySelectorAll('[aria-label], [aria-description]')) {
    part.removeAttribute('aria-label');
    part.removeAttribute('aria-description');
  }
  return chart;
}

function optionsOf(spec: ChartSpec, width: number): PlotOptions {
  switch (spec.kind) {
    case 'columns':
      return columns(spec.columns, width);
    case 'lines':
      return lines(spec, width);
    case 'bars':
      return bars(spec.bars, width);
    case 'ranges':
      return ranges(spec.ranges, width);
  }
}

const INK = 'var(--ink)';
const AXIS = { color: 'var(--ink-2)', tickSize: 0 } as const;
const GRID = { stroke: 'var(--line)', strokeOpacity: 1 } as const;
const MARGIN = { marginTop: 20, marginBottom: 40, marginLeft: 52 } as const;

function columns(all: readonly { month: Month; value: number }[], width: number): PlotOptions {
  const months = all.map(({ month }) => month);
  const most = Math.max(1, ...all.map(({ value }) => value));
  const fits = (width - MARGIN.marginLeft) / months.length >= 24;
  return {
    ...MARGIN,
    marginRight: 8,
    x: { type: 'band', domain: months, padding: 0.3, label: null },
    y: { domain: [0, most], nice: true, label: null },
    marks: [
      gridY({ ...GRID, ticks: 4 }),
      axisY({ ...AXIS, ticks: Math.min(4, most), tickFormat: (value: number) => format().number(value) }),
      monthAxis(months, width),
      barY(all, { x: 'month', y: 'value', fill: 'var(--accent)', rx: 2 }),
      text(fits ? all : [], {
        x: 'month',
        y: 'value',
        text: ({ value }: { value: number }) => format().number(value),
        dy: -8,
        fill: INK,
      }),
      ruleY([0], { stroke: 'var(--line-strong)' }),
    ],
  };
}

type Lines = Extract<ChartSpec, { kind: 'lines' }>;
/** Each line has a shape, a dash and its name beside it. */
const looks = [
  { symbol: 'circle', dash: 'none', colour: 'var(--accent)' },
  { symbol: 'square', dash: '6 3', colour: 'var(--plum)' },
] as const;

function lines({ series, targets }: Lines, width: number): PlotOptions {
  const months = series[0]?.points.map(({ month }) => month) ?? [];
  const named = series.some(({ name }) => name !== '');
  return {
    ...MARGIN,
    marginTop: 34,
    marginRight: named ? 84 : 20,
    x: { type: 'point', domain: months, padding: 0.3, label: null },
    y: { domain: [0, 100], label: null },
    symbol: { type: 'identity' },
    marks: [
      gridY({ ...GRID, ticks: 5 }),
      axisY({ ...AXIS, ticks: 5, tickFormat: (value: number) => percent(value) }),
      monthAxis(months, width),
      ruleY(targets, { y: 'value', stroke: 'var(--line-strong)', strokeWidth: 1.5, strokeDasharray: '2 3' }),
      // Above the lines, which would cross it.
      text([targets.map(({ label }) => `┄ ${label}`).join('   ')], {
        text: (words: string) => words,
        frameAnchor: 'top-left',
        dy: -26,
        textAnchor: 'start',
        fill: 'var(--ink-2)',
      }),
      ...series.flatMap((each, index) => lineMarks(each, looks[index % looks.length] ?? looks[0])),
      text(endLabels(series), {
        x: 'month',
        y: 'value',
        text: 'name',
        dx: 10,
        textAnchor: 'start',
        fill: INK,
        fontWeight: 600,
        ...HALO,
      }),
    ],
  };
}

/** Keeps what is written legible where it crosses a line. */
const HALO = { stroke: 'var(--surface)', strokeWidth: 4, paintOrder: 'stroke' } as const;

const lineMarks = ({ points }: Series, { symbol, dash, colour }: (typeof looks)[number]) => [
  line(points, { x: 'month', y: 'value', stroke: colour, strokeWidth: 2, strokeDasharray: dash }),
  dot(
    points.filter(({ value }) => value !== null),
    {
      x: 'month',
      y: 'value',
      symbol,
      r: 4,
      stroke: colour,
      strokeWidth: 1.75,
      fill: ({ few }: { few: boolean }) => (few ? 'var(--surface)' : colour),
    },
  ),
];

/** The names at the ends of their lines, far enough apart to be read. */
function endLabels(series: readonly Series[]): { month: Month; value: number; name: string }[] {
  const ends = series.flatMap(({ name, points }) => {
    const last = points.findLast(({ value }) => value !== null);
    return last?.value == null || name === '' ? [] : [{ name, month: last.month, value: last.value }];
  });
  const [lower, upper] = ends.toSorted((a, b) => a.value - b.value);
  const APART = 9;
  if (lower && upper && upper.value - lower.value < APART) {
    const middle = Math.min(100 - APART / 2, Math.max(APART / 2, (lower.value + upper.value) / 2));
    lower.value = middle - APART / 2;
    upper.value = middle + APART / 2;
  }
  return ends;
}

function bars(all: readonly Bar[], width: number): PlotOptions {
  const most = Math.max(1, ...all.map(({ value }) => value));
  return {
    ...rowsOf(all),
    x: { domain: [0, most], axis: null },
    marks: [
      ...rowLabels(all, width - 4, 10),
      barX(all, { x: most, y: rowKey, insetTop: 22, insetBottom: 8, fill: 'var(--sunken)', rx: 2 }),
      barX(all, { x: 'value', y: rowKey, insetTop: 22, insetBottom: 8, fill: 'var(--accent)', rx: 2 }),
      ruleX([0], { stroke: 'var(--line-strong)' }),
    ],
  };
}

function ranges(all: readonly Range[], width: number): PlotOptions {
  const most = Math.max(1, ...all.map(({ p75 }) => p75));
  return {
    ...rowsOf(all),
    marginBottom: 28,
    marginLeft: 24,
    marginRight: 32,
    x: { domain: [0, most], nice: true, label: null },
    marks: [
      axisX({
        ...AXIS,
        ticks: Math.min(8, Math.floor(width / 70)),
        tickFormat: (hours: number) => format().duration(hours * 3_600_000),
      }),
      ...rowLabels(all, width - 56, 20),
      barX(all, {
        x1: 'p25',
        x2: 'p75',
        y: rowKey,
        insetTop: 26,
        insetBottom: 14,
        fill: 'var(--accent-soft)',
        stroke: 'var(--accent)',
        rx: 2,
      }),
      tickX(all, { x: 'median', y: rowKey, insetTop: 20, insetBottom: 8, stroke: INK, strokeWidth: 3 }),
      ruleX([0], { stroke: 'var(--line-strong)' }),
    ],
  };
}

/** Rows that stand below each other; two may have the same label. */
const rowsOf = (all: readonly unknown[]): PlotOptions => ({
  marginTop: 0,
  marginBottom: 8,
  marginLeft: 2,
  marginRight: 2,
  y: { type: 'band', domain: all.map((_, index) => index), padding: 0, axis: null },
});
const rowKey = (_: unknown, index: number) => index;

/** The label above a bar, so that a long one has room in a narrow window, and its value at the end. */
const rowLabels = (all: readonly { label: string; text: string }[], width: number, up: number) => {
  const longest = Math.max(...all.map((row) => row.text.length));
  const place = { y: rowKey, dy: -up, fill: INK } as const;
  return [
    text(all, {
      ...place,
      text: 'label',
      frameAnchor: 'left',
      textAnchor: 'start',
      lineWidth: Math.max(6, (width - longest * 7.8 - 16) / 12),
      textOverflow: 'ellipsis',
    }),
    text(all, { ...place, text: 'text', frameAnchor: 'right', textAnchor: 'end', fontWeight: 600 }),
  ];
};

/** As many months as there is room for; the year stands below the first one and each January. */
function monthAxis(months: readonly Month[], width: number) {
  const every = Math.ceil((months.length * 36) / Math.max(36, width - 60));
  const shown = months.filter((_, index) => index % every === 0);
  return axisX({
    ...AXIS,
    ticks: shown,
    tickFormat: (month: Month, index: number) => {
      const year = month.slice(0, 4);
      const isNew = index === 0 || shown[index - 1]?.slice(0, 4) !== year;
      return isNew ? `${bareMonth(month)}\n${year}` : bareMonth(month);
    },
  });
}
