import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ImportDelimiter, ImportEncoding, type ImportFormat } from '../../utils/contract/import.ts';
import { guessEncoding } from '../../server/imports/decode-part.ts';
import type { FileRow } from '../../server/imports/parse-rows.ts';
import { dateFormatsOf, readDate } from '../../server/imports/read-date.ts';
import { type Reading, READING_START, readPiece } from '../../server/imports/read-piece.ts';

/** Reads a file as the hub does, in parts of this size. */
async function read(file: Uint8Array, partBytes: number, said?: ImportFormat) {
  const parts = Array.from({ length: Math.ceil(file.length / partBytes) }, (_, n) =>
    file.subarray(n * partBytes, (n + 1) * partBytes),
  );
  let reading: Reading = { ...READING_START, ...(said && { said }) };
  let format: ImportFormat | null = null;
  let rows: FileRow[] = [];
  while (reading.nextPart < parts.length) {
    const last = reading.nextPart === parts.length - 1;
    const piece = await readPiece(parts[reading.nextPart]!, { reading, format, kind: 'people', last });
    if ('wrong' in piece) {
      reading = { ...READING_START, encoding: guessEncoding(piece.wrong) };
      [format, rows] = [null, []];
    } else {
      ({ format, reading } = piece);
      rows = [...rows, ...piece.rows];
    }
  }
  return { format, rows };
}

/** The bytes of every character that an encoding of one byte has. */
function byteTable(encoding: ImportEncoding): Map<string, number> {
  const decoder = new TextDecoder(encoding);
  return new Map(
    Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte] as const).filter(
      ([character]) => character !== '\uFFFD',
    ),
  );
}
const tables = new Map(
  ImportEncoding.options
    .filter((encoding) => !encoding.startsWith('utf'))
    .map((encoding) => [encoding, byteTable(encoding)]),
);

type Marked = `${ImportEncoding}${'' | ' with mark'}`;
const ENCODINGS: Marked[] = [
  ...ImportEncoding.options,
  'utf-8 with mark',
  'utf-16le with mark',
  'utf-16be with mark',
];

function encode(text: string, marked: Marked): Uint8Array {
  const written = marked.endsWith(' with mark') ? `\uFEFF${text}` : text;
  const encoding = marked.replace(' with mark', '') as ImportEncoding;
  if (encoding === 'utf-8') return Buffer.from(written);
  if (encoding === 'utf-16le') return Buffer.from(written, 'utf16le');
  if (encoding === 'utf-16be') return Buffer.from(written, 'utf16le').swap16();
  const table = tables.get(encoding);
  return Uint8Array.from([...written].map((character) => table?.get(character) ?? 0x3f));
}

const HEADER = ['E-Mail', 'Vorname', 'Firma', 'Notiz'];
const SPECIAL = [...',;|\t"\'= \n'];
/** Text that an encoding can hold, with what CSV has to quote. */
const cells = (marked: Marked) => {
  const letters = marked.startsWith('utf')
    ? [...'aZ9äöüßéŁжשα漢😀👩‍💻€']
    : [...(tables.get(marked as ImportEncoding)?.keys() ?? [])].filter((letter) =>
        /[\p{L}\p{N}]/u.test(letter),
      );
  const character = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...letters) },
    { weight: 1, arbitrary: fc.constantFrom(...SPECIAL) },
  );
  return fc.string({ unit: character, maxLength: 12 });
};

const quote = (cell: string, always: boolean) =>
  always || /[,;|\t"'=\s]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

const files = (marked: Marked) =>
  fc.record({
    rows: fc.array(fc.tuple(cells(marked), cells(marked), cells(marked)), { minLength: 1, maxLength: 12 }),
    always: fc.boolean(),
    newline: fc.constantFrom('\n', '\r\n'),
    ends: fc.boolean(),
    partBytes: fc.integer({ min: 100, max: 400 }),
  });

describe.each(ENCODINGS)('%s', (marked) => {
  test.each(ImportDelimiter.options)(
    'with %j: the same rows come out as went in, wherever parts begin',
    async (delimiter) => {
      const encoding = marked.replace(' with mark', '') as ImportEncoding;
      // Marks, strict UTF-8 and the zeros of UTF-16 leave no doubt; what a single byte stands for a person may have to say.
      const isPlain = encoding.startsWith('utf');
      await fc.assert(
        fc.asyncProperty(files(marked), async ({ rows, always, newline, ends, partBytes }) => {
          const all = [HEADER, ...rows.map((row, index) => [`p${index}@a.example`, ...row])];
          const lines = all.map((row) => row.map((cell) => quote(cell, always)).join(delimiter));
          const file = encode(lines.join(newline) + (ends ? newline : ''), marked);
          const said = isPlain ? undefined : { encoding, delimiter, header: true };
          const found = await read(file, encoding.startsWith('utf-16') ? partBytes * 2 : partBytes, said);
          expect(found.rows.map(({ cells: read }) => read)).toEqual(all);
          expect(found.rows.map(({ row }) => row)).toEqual(all.map((_, index) => index + 1));
          expect(found.format).toMatchObject({ delimiter, header: true });
        }),
        { numRuns: 12 },
      );
    },
  );
});

test.each([
  ['windows-1252', 'Jürgen Groß aus Köln grüßt die schöne Müllerin und hört Änderungen an den Überschriften'],
  ['windows-1252', 'Société générale à Orléans, le café préféré de l’équipe, où la réunion a été déplacée'],
  ['windows-1251', 'Иван Петров из Москвы пишет о встрече и просит прислать предложение для отдела закупок'],
] as const)('%s is recognised by its text', async (encoding, text) => {
  const file = `E-Mail;Notiz\n${`a@a.example;"${text}"\n`.repeat(40)}`;
  // Only ASCII at first: that it is no UTF-8 shows late.
  const late = file.replace('\n', `\n${'b@a.example;ASCII\n'.repeat(50)}`);
  const { format, rows } = await read(encode(late, encoding), 300);
  expect(format).toEqual({ encoding, delimiter: ';', header: true });
  expect(rows.at(-1)?.cells[1]).toBe(text);
  expect(rows).toHaveLength(91);
});

test('what spreadsheets write in front is understood, empty rows are counted and left out', async () => {
  const text = 'sep=;\r\nE-Mail;Name\r\n\r\na@a.example;A\r\n;;\r\nb@a.example;B\r\n\r\n';
  const { format, rows } = await read(Buffer.from(text), 1_000);
  expect(format).toEqual({ encoding: 'utf-8', delimiter: ';', header: true });
  expect(rows).toEqual([
    { row: 1, cells: ['E-Mail', 'Name'] },
    { row: 3, cells: ['a@a.example', 'A'] },
    { row: 5, cells: ['b@a.example', 'B'] },
  ]);
});

test('a file without names of columns is known by its values', async () => {
  const { format } = await read(Buffer.from('a@a.example;A\nb@a.example;B\n'), 1_000);
  expect(format?.header).toBe(false);
});

test.each([
  [
    'a quote that is never closed',
    `E-Mail,Name\na@a.example,"A\n${'b@a.example,B\n'.repeat(30_000)}`,
    'quote-not-closed',
    2,
  ],
  ['a spreadsheet', 'PK\u0003\u0004…', 'no-text', undefined],
])('%s is told', async (_, text, reason, row) => {
  await expect(read(Buffer.from(text), 100_000)).rejects.toMatchObject({
    failure: { reason, ...(row !== undefined && { row }) },
  });
});

test.each([
  ['2026-11-20', 'iso', '2026-11-20T00:00:00.000Z'],
  ['2026-11-20T08:30:00+01:00', 'iso', '2026-11-20T07:30:00.000Z'],
  ['20.11.2026', 'dmy', '2026-11-19T23:00:00.000Z'],
  ['1.7.26 09:05 Uhr', 'dmy', '2026-07-01T07:05:00.000Z'],
  ['20/11/2026 17:00', 'dmy', '2026-11-20T16:00:00.000Z'],
  ['11/20/2026 5:00 PM', 'mdy', '2026-11-20T16:00:00.000Z'],
  ['11/20/2026, 12:15:30 AM', 'mdy', '2026-11-19T23:15:30.000Z'],
  ['2026/11/20', 'ymd', '2026-11-19T23:00:00.000Z'],
] as const)('%s is a date', (text, format, instant) => {
  expect(dateFormatsOf(text)).toEqual([format]);
  const zone = format === 'iso' ? 'UTC' : 'Europe/Berlin';
  expect(readDate(text, format, zone)).toBe(instant);
});

test('day and month that could be either are not guessed', () => {
  expect(dateFormatsOf('03/04/2026')).toEqual(['dmy', 'mdy']);
  expect(dateFormatsOf('03.04.2026')).toEqual(['dmy']);
  for (const text of ['31.02.2026', '2026-13-01', '00/10/2026', 'soon', '12:30', '25/12/2026 13:00 PM x'])
    expect(dateFormatsOf(text), text).toEqual([]);
});
