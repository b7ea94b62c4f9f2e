import type { ImportEncoding, ImportFormat, ImportKind } from '../../utils/contract/import.ts';
import { decodePart, markedEncoding } from './decode-part.ts';
import { detectFormat, withoutSepLine } from './detect-format.ts';
import { type FileRow, parseRows, UnreadableFileError } from './parse-rows.ts';

/** Where the reading of a file stands. */
export interface Reading {
  nextPart: number;
  /** The number of the last row read. */
  row: number;
  /** What of the parts before is no whole row yet, and no whole character (base64). */
  tail: string;
  rest: string;
  /** The encoding to begin with; the bytes may prove it wrong unless a person has said so. */
  encoding?: ImportEncoding;
  /** What a person has said. */
  said?: ImportFormat;
}

export const READING_START: Reading = { nextPart: 0, row: 0, tail: '', rest: '' };

interface Piece {
  format: ImportFormat;
  /** The whole rows; before anything else that which names the columns. */
  rows: FileRow[];
  reading: Reading;
}

/**
 * Turns the next part of a file into rows. `wrong`: bytes that show that the file is not UTF-8, so that it is to be
 * read anew.
 *
 * @throws UnreadableFileError
 */
export async function readPiece(
  part: Uint8Array,
  {
    reading,
    format,
    kind,
    last,
  }: { reading: Reading; format: ImportFormat | null; kind: ImportKind; last: boolean },
): Promise<Piece | { wrong: Uint8Array }> {
  const { nextPart, said, tail, rest, row } = reading;
  const first = nextPart === 0;
  const bytes = Buffer.concat([Buffer.from(rest, 'base64'), part]);
  if (first && isArchive(bytes)) throw new UnreadableFileError({ reason: 'no-text' });
  const encoding = said?.encoding ?? reading.encoding ?? markedEncoding(bytes) ?? 'utf-8';
  const decoded = decodePart(bytes, encoding, { first, last, strict: !said && encoding === 'utf-8' });
  if (!decoded) return { wrong: bytes };

  const detected = format ?? said ?? (await detectFormat(decoded.text, encoding, { kind, whole: last }));
  const text = first ? withoutSepLine(decoded.text) : tail + decoded.text;
  const parsed = await parseRows(text, { delimiter: detected.delimiter, after: row, last });
  return {
    format: detected,
    rows: parsed.rows,
    reading: {
      ...reading,
      encoding,
      nextPart: nextPart + 1,
      row: parsed.lastRow,
      tail: parsed.tail,
      rest: Buffer.from(decoded.rest).toString('base64'),
    },
  };
}

/** Spreadsheets' own files: ZIP archives, and those of old Excel. */
function isArchive(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  return start === '504b0304' || start === 'd0cf11e0';
}
