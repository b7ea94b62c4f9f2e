import {
  ImportDelimiter,
  type ImportEncoding,
  type ImportFormat,
  type ImportKind,
} from '../../utils/contract/import.ts';
import { EmailAddress } from '../../utils/contract/primitives.ts';
import { fieldNamed } from './column-names.ts';
import { type FileRow, parseRows, UnreadableFileError } from './parse-rows.ts';
import { dateFormatsOf } from './read-date.ts';

const SAMPLE_CHARACTERS = 64 * 1024;

/** Spreadsheets write it in front of a file to say what delimits its cells. */
const SEP_LINE = /^sep=([,;\t|])\r?\n/iu;

/** The text of a file without the line by which spreadsheets name the delimiter. */
export const withoutSepLine = (text: string): string => text.replace(SEP_LINE, '');

/** Finds out by its beginning what delimits the cells of a file, and whether its first row names the columns. */
export async function detectFormat(
  text: string,
  encoding: ImportEncoding,
  { kind, whole }: { kind: ImportKind; whole: boolean },
): Promise<ImportFormat> {
  const sample = withoutSepLine(text).slice(0, SAMPLE_CHARACTERS);
  const last = whole && text.length <= SAMPLE_CHARACTERS;
  const candidates = await Promise.all(
    ImportDelimiter.options.map(async (delimiter) => {
      const { rows } = await parseRows(sample, { delimiter, after: 0, last }).catch((error: unknown) => {
        if (error instanceof UnreadableFileError) return { rows: [] };
        throw error;
      });
      return { delimiter, rows, score: scoreOf(rows, kind) };
    }),
  );
  const best = candidates.reduce((one, other) => (isBetter(other.score, one.score) ? other : one));
  const delimiter = ImportDelimiter.safeParse(SEP_LINE.exec(text)?.[1]).data ?? best.delimiter;
  const first = (candidates.find((candidate) => candidate.delimiter === delimiter) ?? best).rows[0];
  return { encoding, delimiter, header: !first?.cells.some(isData) };
}

/** By weight: known names of columns, rows as long as the first, columns. */
function scoreOf(rows: readonly FileRow[], kind: ImportKind): number[] {
  const [first] = rows;
  if (!first || first.cells.length < 2) return [0, 0, 0];
  const { length } = first.cells;
  const known = first.cells.filter((name) => fieldNamed(kind, name) !== undefined).length;
  return [known, rows.filter(({ cells }) => cells.length === length).length / rows.length, length];
}

function isBetter(one: readonly number[], other: readonly number[]): boolean {
  const at = one.findIndex((value, index) => value !== other[index]);
  return at >= 0 && (one[at] ?? 0) > (other[at] ?? 0);
}

/** What names no column. */
const isData = (cell: string) =>
  EmailAddress.safeParse(cell).success || dateFormatsOf(cell).length > 0 || /^[\d.,]+$/u.test(cell.trim());
