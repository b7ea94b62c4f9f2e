import { csvCell } from '../../../utils/domain/csv-cell.ts';
import { rounded } from './report-words.ts';

/** Numbers as they were counted; what is shown of them is rounded. Null: there is none. */
export type Cell = string | number | null;

/** What a chart shows, as numbers: read on the page, and kept as a file. */
export interface ReportTable {
  /** Of its file, without an ending. */
  name: string;
  title: string;
  /** The first one names the row. */
  columns: readonly string[];
  rows: readonly (readonly Cell[])[];
}

export function cellText(cell: Cell): string {
  if (cell === null) return '–';
  return typeof cell === 'number' ? rounded(cell) : cell;
}

/** The table as a CSV file. The mark at the beginning tells spreadsheets that it is UTF-8. */
export const csvOf = (table: ReportTable): string => `\uFEFF${linesOf(table)}`;

/** Several tables one after the other, each under its title. */
export const allAsCsv = (tables: readonly ReportTable[]): string =>
  `\uFEFF${tables.map((table) => `${csvCell(table.title)}\r\n${linesOf(table)}`).join('\r\n')}`;

const linesOf = ({ columns, rows }: ReportTable) =>
  [columns, ...rows].map((row) => `${row.map(csvField).join(',')}\r\n`).join('');

function csvField(cell: Cell): string {
  if (cell === null) return '';
  return typeof cell === 'number' ? String(cell) : csvCell(cell);
}
