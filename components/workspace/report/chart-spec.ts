import type { Month } from '../../../utils/contract/closed-loop.ts';
import type { ReportTable } from './report-table.ts';

interface Point {
  month: Month;
  value: number | null;
  /** On too few cases to rely on. */
  few: boolean;
}

export interface Series {
  /** Stands beside the line; '' when there is only one. */
  name: string;
  points: readonly Point[];
}

export interface Bar {
  label: string;
  value: number;
  /** What is written at its end. */
  text: string;
}

/** What a chart shows; position, shape and words carry it, never colour alone. */
export type ChartSpec =
  /** A number per month. */
  | { kind: 'columns'; columns: readonly { month: Month; value: number }[] }
  /** Shares from 0 to 100 per month, against what was agreed. */
  | { kind: 'lines'; series: readonly Series[]; targets: readonly { value: number; label: string }[] }
  /** Numbers side by side, the longest as wide as there is room for. */
  | { kind: 'bars'; bars: readonly Bar[] }
  /** Quartiles of times, in hours. */
  | { kind: 'ranges'; ranges: readonly Range[] };

export interface Range {
  label: string;
  p25: number;
  median: number;
  p75: number;
  text: string;
}

/** A chart with all that belongs to it. */
export interface ChartContent {
  title: string;
  /** What the chart shows, in words. */
  sentence: string;
  /** None: there is nothing to draw. */
  spec: ChartSpec | null;
  /** How to read it. */
  note?: string;
  table: ReportTable;
}

const BAND = 42;

/** How high a chart is, before it is drawn: nothing may jump. */
export function heightOf(spec: ChartSpec): number {
  if (spec.kind === 'bars') return spec.bars.length * BAND + 8;
  return spec.kind === 'ranges' ? spec.ranges.length * 64 + 32 : 232;
}
