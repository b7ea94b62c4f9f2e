import { CsvError, parse } from 'csv-parse';
import type { ImportDelimiter, ImportFailure } from '../../utils/contract/import.ts';

/** Longer than any row there is: a quote that is never closed must not fill the memory. */
const MAX_ROW_BYTES = 256 * 1024;

/** A file that cannot be read any further, with what its import says of it. */
export class UnreadableFileError extends Error {
  readonly failure: ImportFailure;

  constructor(failure: ImportFailure) {
    super(failure.reason);
    this.failure = failure;
  }
}

/** A row of the file: its number as a spreadsheet shows it, and its cells. */
export interface FileRow {
  row: number;
  cells: string[];
}

interface ParsedRows {
  rows: FileRow[];
  /** The text after the last whole row. */
  tail: string;
  /** The number of the last whole row, empty ones counted. */
  lastRow: number;
}

interface Info {
  bytes: number;
  records: number;
  empty_lines: number;
}

/**
 * Parses the whole rows of a piece of a file that begins with a row. `after`: the number of the row before it.
 *
 * @throws UnreadableFileError
 */
export async function parseRows(
  text: string,
  { delimiter, after, last }: { delimiter: ImportDelimiter; after: number; last: boolean },
): Promise<ParsedRows> {
  const bytes = Buffer.from(text);
  const options = {
    delimiter,
    // Files mix the two; old Macs' have neither.
    record_delimiter: text.includes('\n') || !text.includes('\r') ? ['\r\n', '\n'] : ['\r'],
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW_BYTES,
    // A full buffer would hold back that the piece is done: its rows are few enough to wait together.
    readableHighWaterMark: Number.MAX_SAFE_INTEGER,
  };
  const parser = parse(options);
  let lastInfo: Info = { bytes: 0, records: 0, empty_lines: 0 };
  try {
    await new Promise<void>((resolve, reject) => {
      const done = (error?: Error | null) => (error ? reject(error) : resolve());
      parser.on('error', reject);
      // Without an end it keeps to itself what is no whole row yet.
      if (last) parser.end(bytes, done);
      else parser.write(bytes, done);
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { records, empty_lines: empty } = parser.info as unknown as Info;
    throw new UnreadableFileError({ reason: 'quote-not-closed', row: after + records + empty + 1 });
  }
  const rows: FileRow[] = [];
  for (;;) {
    const read = parser.read() as { info: Info; record: string[] } | null;
    if (read === null) break;
    lastInfo = read.info;
    if (read.record.every((cell) => cell.trim() === '')) continue;
    rows.push({ row: after + read.info.records + read.info.empty_lines, cells: read.record });
  }
  return {
    rows,
    tail: last ? '' : bytes.subarray(lastInfo.bytes).toString(),
    lastRow: after + lastInfo.records + lastInfo.empty_lines,
  };
}
