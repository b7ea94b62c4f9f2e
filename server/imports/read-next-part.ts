import type { ImportColumn, ImportFormat, ImportKind, ImportMapping } from '../../utils/contract/import.ts';
import type { WriteTransaction } from '../store/database.ts';
import { guessEncoding } from './decode-part.ts';
import {
  clearImport,
  type ImportRecord,
  insertChunks,
  partCount,
  readMapping,
  readPart,
  saveImport,
} from './import-records.ts';
import { type FileRow, UnreadableFileError } from './parse-rows.ts';
import { adaptMapping, proposeMapping, signatureOf } from './propose-mapping.ts';
import { dateFormatsOf } from './read-date.ts';
import { READING_START, readPiece } from './read-piece.ts';

/** So many rows are checked or stored in one transaction. */
const CHUNK_ROWS = 1_000;
const PREVIEW_ROWS = 5;
const MAX_COLUMNS = 1_000;

/** Turns the next part of an uploaded file into rows; after the last one the import is ready, with a mapping proposed. */
export async function readNextPart(
  tx: WriteTransaction,
  workspaceId: string,
  record: ImportRecord,
  now: Date,
): Promise<void> {
  const { id, size, kind } = record;
  const reading = record.reading ?? READING_START;
  const n = reading.nextPart;
  const last = n === partCount(size) - 1;
  const bytes = await readPart(tx, workspaceId, id, n);
  const piece = await readPiece(bytes, { reading, format: record.format, kind, last });
  if ('wrong' in piece) {
    await readAnew(tx, workspaceId, record, { encoding: guessEncoding(piece.wrong) }, now);
    return;
  }
  const { format, rows } = piece;
  const columns = record.columns ?? namedColumns(rows[0], format);
  if (columns && columns.length > MAX_COLUMNS) throw new UnreadableFileError({ reason: 'too-many-columns' });
  if (record.columns === null && format.header) rows.shift();
  const pieces = Array.from({ length: Math.ceil(rows.length / CHUNK_ROWS) }, (_, index) => ({
    n: record.chunks + index,
    rows: rows.slice(index * CHUNK_ROWS, (index + 1) * CHUNK_ROWS),
  }));
  await insertChunks(tx, workspaceId, id, pieces);
  const counted = columns && countValues(columns, rows);
  const total = record.rows + rows.length;
  if (last && (total === 0 || !counted)) throw new UnreadableFileError({ reason: 'empty' });
  await saveImport(tx, workspaceId, id, {
    format,
    columns: counted,
    preview: [...(record.preview ?? []), ...rows.slice(0, PREVIEW_ROWS)].slice(0, PREVIEW_ROWS),
    chunks: record.chunks + pieces.length,
    rows: total,
    attempts: 0,
    dueAt: now.toISOString(),
    reading: piece.reading,
  });
  if (last && counted) {
    const mapping = await mappingFor(tx, workspaceId, kind, counted);
    await saveImport(tx, workspaceId, id, { state: 'ready', mapping, reading: null, dueAt: null });
  }
}

/** Has the file read from its beginning, because of how somebody says it is to be read, or because of its bytes. */
export async function readAnew(
  tx: WriteTransaction,
  workspaceId: string,
  { id }: Pick<ImportRecord, 'id'>,
  how: { encoding: ImportFormat['encoding'] } | { said: ImportFormat } | undefined,
  now: Date,
): Promise<void> {
  await clearImport(tx, workspaceId, id, ['import_chunks', 'import_keys', 'import_problems']);
  await saveImport(tx, workspaceId, id, {
    state: 'reading',
    reading: { ...READING_START, ...how },
    format: null,
    columns: null,
    preview: null,
    mapping: null,
    failure: null,
    chunks: 0,
    rows: 0,
    done: 0,
    bad: 0,
    attempts: 0,
    dueAt: now.toISOString(),
  });
}

/** The columns by the first row of the file; null while there is none. */
function namedColumns(first: FileRow | undefined, { header }: ImportFormat): ImportColumn[] | null {
  if (!first) return null;
  return first.cells.map((cell, index) => ({
    name: (header && cell.trim().slice(0, 200)) || letters(index),
    filled: 0,
    dates: 0,
    dateFormats: [],
  }));
}

/** As spreadsheets call a column: A, B … Z, AA. */
function letters(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : letters(Math.floor(index / 26) - 1) + letter;
}

/** What more rows say of the columns. */
function countValues(columns: readonly ImportColumn[], rows: readonly FileRow[]): ImportColumn[] {
  return columns.map(({ name, ...before }, at) => {
    let { filled, dates, dateFormats } = before;
    for (const { cells } of rows) {
      const text = cells[at]?.trim();
      if (text === undefined || text === '') continue;
      filled += 1;
      // A value that is no date is a bad row; it does not say which format the others have.
      const fitting = dateFormatsOf(text);
      if (fitting.length === 0) continue;
      dateFormats = dates === 0 ? fitting : dateFormats.filter((format) => fitting.includes(format));
      dates += 1;
    }
    return { name, filled, dates, dateFormats };
  });
}

async function mappingFor(
  tx: WriteTransaction,
  workspaceId: string,
  kind: ImportKind,
  columns: readonly ImportColumn[],
): Promise<ImportMapping> {
  const remembered = await readMapping(tx, workspaceId, kind, signatureOf(columns));
  return remembered ? adaptMapping(remembered, columns) : proposeMapping(kind, columns);
}
