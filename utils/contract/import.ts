import { z } from 'zod';
import { Id, Instant, Label } from './primitives.ts';

/** A file travels in parts of this size, the last one excepted; as base64 in JSON one fits below the limit of a body. */
export const IMPORT_PART_BYTES = 512 * 1024;
export const MAX_IMPORT_BYTES = 1024 * 1024 * 1024;

export const ImportKind = z.enum(['people', 'touchpoints', 'campaigns']);
export type ImportKind = z.infer<typeof ImportKind>;

/** What a column can hold. `attribute`: what criteria may ask for besides, under a name of its own. */
export const IMPORT_FIELDS = {
  people: [
    'email',
    'otherEmail',
    'name',
    'firstName',
    'lastName',
    'company',
    'title',
    'phone',
    'country',
    'language',
    'owner',
    'stage',
    'sourceStatus',
    'recordId',
    'emailConsent',
    'phoneConsent',
    'postConsent',
    'consentSince',
    'consentBasis',
    'doNotContact',
    'attribute',
  ],
  touchpoints: [
    'email',
    'recordId',
    'kind',
    'occurredAt',
    'title',
    'highlight',
    'url',
    'campaign',
    'campaignKind',
    'sourceId',
  ],
  campaigns: ['name', 'campaignKind', 'startsAt', 'endsAt', 'talkingPoints'],
} as const satisfies Record<ImportKind, readonly string[]>;
export const ImportField = z.enum([
  ...new Set([...IMPORT_FIELDS.people, ...IMPORT_FIELDS.touchpoints, ...IMPORT_FIELDS.campaigns]),
]);
export type ImportField = z.infer<typeof ImportField>;

export const ImportEncoding = z.enum([
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1250',
  'windows-1251',
  'windows-1252',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'iso-8859-2',
  'iso-8859-5',
  'iso-8859-7',
  'iso-8859-15',
  'koi8-r',
  'macintosh',
]);
export type ImportEncoding = z.infer<typeof ImportEncoding>;

export const ImportDelimiter = z.enum([',', ';', '\t', '|']);
export type ImportDelimiter = z.infer<typeof ImportDelimiter>;

/** How the bytes of a file become rows. */
export const ImportFormat = z.object({
  encoding: ImportEncoding,
  delimiter: ImportDelimiter,
  /** Whether the first row names the columns. */
  header: z.boolean(),
});
export type ImportFormat = z.infer<typeof ImportFormat>;

/** The order of day, month and year; `iso` is unmistakable, and so are dots. */
export const DateFormat = z.enum(['iso', 'dmy', 'mdy', 'ymd']);
export type DateFormat = z.infer<typeof DateFormat>;

/** A column as the whole file shows it. */
export const ImportColumn = z.object({
  name: z.string(),
  /** In how many rows it says something. */
  filled: z.int().nonnegative(),
  /** How many of those are dates. */
  dates: z.int().nonnegative(),
  /** The formats in which all of these are dates; two of them must not be guessed between. */
  dateFormats: z.array(DateFormat),
});
export type ImportColumn = z.infer<typeof ImportColumn>;

export const ColumnMapping = z.object({
  /** Null: left out. */
  field: ImportField.nullable(),
  /** With `attribute`: its name. */
  attribute: z.string().min(1).max(64).optional(),
  /** For dates. */
  dateFormat: DateFormat.optional(),
});
export type ColumnMapping = z.infer<typeof ColumnMapping>;

/** What the columns of a file mean. */
export const ImportMapping = z.object({
  /** In the order of the file. */
  columns: z.array(ColumnMapping).max(1_000),
  /** What holds for every row whose own cell is empty or has no column; dates as ISO 8601. */
  constants: z.partialRecord(ImportField, z.string().max(1_000)).default({}),
  /** The system the file comes from. Its ids are told from those of other systems by it. */
  source: z.string().trim().min(1).max(64).default('csv'),
  /** With `recordId`: what kind of record it is, and in which installation, e.g. HubSpot's portal number. */
  recordType: z.string().trim().min(1).max(64).default('contact'),
  tenant: z.string().trim().min(1).max(256).optional(),
  /** Empty cells: leave what is stored, or empty it, too. */
  emptyCells: z.enum(['keep', 'clear']).default('keep'),
  /** For times without one. */
  timeZone: z.string().max(64).refine(isTimeZone, 'is no time zone such as Europe/Berlin').default('UTC'),
});
export type ImportMapping = z.infer<typeof ImportMapping>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** `uploading → reading → ready → checking → checked → storing → done`; a check may be left out. */
export const ImportState = z.enum([
  'uploading',
  'reading',
  'ready',
  'checking',
  'checked',
  'storing',
  'done',
  'failed',
]);
export type ImportState = z.infer<typeof ImportState>;

/** Why a file cannot be read, or why the hub gave up. */
export const ImportFailure = z.object({
  reason: z.enum(['empty', 'no-text', 'quote-not-closed', 'too-many-columns', 'internal']),
  /** As a spreadsheet numbers it. */
  row: z.int().positive().optional(),
});
export type ImportFailure = z.infer<typeof ImportFailure>;

export const ImportSummary = z.object({
  id: Id,
  kind: ImportKind,
  fileName: z.string(),
  size: z.int().nonnegative(),
  fingerprint: z.string().optional(),
  by: z.object({ id: Id, name: z.string() }),
  at: Instant,
  state: ImportState,
  failure: ImportFailure.optional(),
  /** How much of what is under way is done, from 0 to 1. */
  share: z.number().min(0).max(1),
  /** Rows of the file without its header; while it is read, those so far. */
  rows: z.int().nonnegative(),
  /** What became of the rows in this run; in a check, what would become of them. */
  done: z.int().nonnegative(),
  added: z.int().nonnegative(),
  updated: z.int().nonnegative(),
  unchanged: z.int().nonnegative(),
  bad: z.int().nonnegative(),
});
export type ImportSummary = z.infer<typeof ImportSummary>;

export const Import = ImportSummary.extend({
  /** Of the file's parts, counted from 0, those that are here. */
  parts: z.object({ count: z.int().nonnegative(), received: z.array(z.int().nonnegative()) }),
  format: ImportFormat.optional(),
  columns: z.array(ImportColumn),
  preview: z.array(z.object({ row: z.int().positive(), cells: z.array(z.string()) })),
  mapping: ImportMapping.optional(),
});
export type Import = z.infer<typeof Import>;

export const NewImport = z.object({
  id: Id,
  kind: ImportKind,
  fileName: Label.max(255),
  size: z.int().positive().max(MAX_IMPORT_BYTES),
  /** Tells the sender's own files apart, so that an upload that was broken off can be taken up again. */
  fingerprint: z.string().min(1).max(128).optional(),
});
export type NewImport = z.infer<typeof NewImport>;

export const ImportPart = z.object({
  data: z.base64().max(Math.ceil(IMPORT_PART_BYTES / 3) * 4),
});

/** `format` has the file read anew; `mapping` is remembered for files with the same columns. */
export const ImportPatch = z.object({
  format: ImportFormat.optional(),
  mapping: ImportMapping.optional(),
});
export type ImportPatch = z.infer<typeof ImportPatch>;

export const ImportProblemReason = z.enum([
  'required',
  'bad-email',
  'bad-date',
  'bad-url',
  'unknown-stage',
  'unknown-kind',
  'unknown-country',
  'unknown-language',
  'unknown-owner',
  'unknown-person',
  'not-yes-or-no',
  'too-long',
  'unusable-characters',
  'too-many-cells',
  'repeated-row',
  'two-people',
  'other-persons-email',
  'other-persons-record',
  'archived',
  'refused',
]);
export type ImportProblemReason = z.infer<typeof ImportProblemReason>;

/** Why a row was not stored. The value itself is not kept: it stands in the file. */
export const ImportProblem = z.object({
  /** As a spreadsheet numbers it: the header is row 1. */
  row: z.int().positive(),
  /** The column's name; absent where the row as a whole is meant. */
  column: z.string().optional(),
  reason: ImportProblemReason,
  /** With `repeated-row`: the row that says the same before. */
  otherRow: z.int().positive().optional(),
  /** With `refused`: the hub's own words. */
  detail: z.string().optional(),
});
export type ImportProblem = z.infer<typeof ImportProblem>;
