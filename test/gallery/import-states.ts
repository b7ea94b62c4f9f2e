import type { Import, ImportProblem } from '../../utils/contract/import.ts';
import type { Failure } from '../../utils/extension/failure.ts';
import type { RequestOf, ResponseOf } from '../../utils/extension/messages.ts';
import { fixtureId, marketer, rep } from '../fixtures/lead-context.ts';
import type { World } from './fake-background.ts';
import { ago, hubUrl, world } from './world.ts';

type Answer = ResponseOf<'hub.fetch'>;
const answer = (status: number, body: unknown): Answer => ({ ok: true, value: { status, body } });

const id = fixtureId(9, 1);
/** The part of the page that a state shows: the list, or one import. */
export const importHash = (state: string) => (state === 'import-choose' ? 'import' : `import/${id}`);

/** Rows a second of the hub of the gallery. */
const PACE = 3_200;
const ROWS = 100_000;

const COLUMNS: [name: string, dateFormats: Import['columns'][number]['dateFormats'], ...cells: string[]][] = [
  ['E-Mail', [], 'jonas.petersen@hafenlogistik.example', 'sofia.lindqvist@frachtring.example'],
  ['Vorname', [], 'Jonas', 'Sofia'],
  ['Nachname', [], 'Petersen', 'Lindqvist'],
  ['Firma', [], 'Hafenlogistik Nord GmbH', 'Frachtring AB'],
  ['Lead Status', [], 'MQL', 'Lead'],
  ['Newsletter seit', ['dmy', 'mdy'], '03/04/2026', '11/12/2025'],
  ['Newsletter', [], 'ja', 'nein'],
  ['Anzahl der Beschäftigten im gesamten Konzern', [], '250', '1.200'],
];
const FIELDS = [
  'email',
  'firstName',
  'lastName',
  'company',
  'stage',
  'consentSince',
  'emailConsent',
] as const;

const people = (change: Partial<Import> = {}): Import => ({
  id,
  kind: 'people',
  fileName: 'Kontakte Herbstmesse 2026.csv',
  size: 14_680_064,
  fingerprint: 'gallery',
  by: { id: marketer.user.id, name: marketer.user.name },
  at: ago(90_000),
  state: 'ready',
  share: 1,
  rows: ROWS,
  done: 0,
  added: 0,
  updated: 0,
  unchanged: 0,
  bad: 0,
  parts: { count: 28, received: Array.from({ length: 28 }, (_, n) => n) },
  format: { encoding: 'windows-1252', delimiter: ';', header: true },
  columns: COLUMNS.map(([name, dateFormats]) => ({
    name,
    filled: ROWS,
    dates: dateFormats.length > 0 ? ROWS : 0,
    dateFormats,
  })),
  preview: [0, 1].map((row) => ({
    row: row + 2,
    cells: COLUMNS.map(([, , ...cells]) => cells[row] ?? ''),
  })),
  mapping: {
    columns: COLUMNS.map((_, index) => ({ field: FIELDS[index] ?? null })),
    constants: {},
    source: 'csv',
    recordType: 'contact',
    emptyCells: 'keep',
    timeZone: 'UTC',
  },
  ...change,
});

const counts = { done: ROWS, added: 61_204, updated: 8_790, unchanged: 29_751, bad: 255 };
const sure = (one: Import): Import => ({
  ...one,
  mapping: {
    ...one.mapping!,
    columns: one.mapping!.columns.map((column) =>
      column.field === 'consentSince' ? { ...column, dateFormat: 'dmy' } : column,
    ),
  },
});

const KINDS: Omit<ImportProblem, 'row'>[] = [
  { column: 'E-Mail', reason: 'bad-email' },
  { column: 'Newsletter seit', reason: 'bad-date' },
  { column: 'Lead Status', reason: 'unknown-stage' },
  { column: 'E-Mail', reason: 'repeated-row', otherRow: 17 },
  { reason: 'too-many-cells' },
  { column: 'E-Mail', reason: 'two-people' },
  { column: 'Newsletter', reason: 'refused', detail: 'consents/0/since: is in the future' },
];
const problems = Array.from({ length: counts.bad }, (_, index): ImportProblem => ({
  ...KINDS[index % KINDS.length]!,
  row: 23 + index * 391,
}));

interface Shown {
  imports: Import[];
  /** Whether the hub works while the page looks on. */
  running?: boolean;
  me?: typeof marketer;
  failure?: Failure;
}

function showing({ imports, running = false, me = marketer, failure }: Shown): World {
  const start = Date.now() - 4_000;
  const now = () => {
    const [one] = imports;
    if (running && one) {
      one.done = Math.min(ROWS, Math.floor(((Date.now() - start) * PACE) / 1000));
      Object.assign(one, { share: one.done / ROWS, added: one.done - 31, bad: 31 });
    }
    return imports;
  };
  const hub = ({ method, path, body }: RequestOf<'hub.fetch'>): Answer | undefined => {
    const { pathname, searchParams } = new URL(path, hubUrl);
    const [, , area, wanted, what] = pathname.split('/');
    if (area !== 'imports') return undefined;
    if (failure) return { ok: false, error: failure };
    if (wanted === undefined) return answer(200, method === 'GET' ? { imports: now() } : now()[0]);
    const one = now().find((other) => other.id === wanted);
    if (!one) return answer(404, null);
    if (method === 'DELETE') {
      imports.splice(imports.indexOf(one), 1);
      return answer(204, null);
    }
    if (what === 'problems') {
      const from = Number((searchParams.get('cursor') ?? '0.0').split('.')[0]);
      const end = from + Number(searchParams.get('limit'));
      const nextCursor = end < problems.length ? `${end}.0` : null;
      return answer(200, { problems: problems.slice(from, end), nextCursor });
    }
    if (method === 'PATCH') Object.assign(one, body);
    if (what === 'check') Object.assign(one, { state: 'checked', ...counts });
    if (what === 'start') Object.assign(one, { state: 'done', ...counts });
    return answer(200, one);
  };
  return world({ connection: { hubUrl, me }, hub });
}

const earlier = (n: number, change: Partial<Import>) =>
  people({ id: fixtureId(9, n), at: ago(86_400_000 * n), ...change });

/** The import page. */
export const importStates = {
  'import-choose': () =>
    showing({
      imports: [
        people({ state: 'storing', share: 0.42, done: 42_000 }),
        earlier(2, { state: 'checked', ...counts }),
        earlier(3, { kind: 'touchpoints', fileName: 'Öffnungen Mailing KW 46.csv', state: 'done', bad: 12 }),
        earlier(4, {
          kind: 'campaigns',
          fileName:
            'campaigns-with-a-very-long-name-that-somebody-exported-from-another-system-2026-11-22.csv',
          state: 'failed',
          failure: { reason: 'quote-not-closed', row: 312 },
          rows: 0,
        }),
      ],
    }),
  'import-resume': () =>
    showing({ imports: [people({ state: 'uploading', share: 0.6, rows: 0, columns: [], preview: [] })] }),
  'import-mapping': () => showing({ imports: [people()] }),
  'import-problems': () => showing({ imports: [sure(people({ state: 'checked', ...counts }))] }),
  'import-running': () => showing({ imports: [sure(people({ state: 'storing' }))], running: true }),
  'import-done': () => showing({ imports: [sure(people({ state: 'done', ...counts, bad: 0 }))] }),
  'import-failed': () =>
    showing({ imports: [people({ state: 'failed', failure: { reason: 'quote-not-closed', row: 312 } })] }),
  'import-as-rep': () => showing({ imports: [], me: rep }),
} satisfies Record<string, () => World>;
