import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, readFile, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { v7 as uuid } from 'uuid';
import {
  type Import,
  IMPORT_PART_BYTES,
  ImportKind,
  ImportMapping,
  MAX_IMPORT_BYTES,
} from '../../utils/contract/import.ts';
import { csvCell } from '../../utils/domain/csv-cell.ts';
import { mappingIssues } from '../../utils/domain/import-mapping.ts';
import { EnvironmentError } from '../environment.ts';
import { connectToHub, type HubConnection } from './hub-connection.ts';
import { createProgress } from './progress.ts';

const USAGE =
  'npm run hub -- import FILE --kind people|touchpoints|campaigns --hub URL --code CODE [--dry-run] [--mapping FILE.json]';
/** How often the hub is asked how far it is. */
const ASK_MS = 500;

/**
 * `hub import`: sends a CSV file to a hub, shows how far it is, and names the bad rows. A file that was broken off is
 * taken up where it stopped. The exit code is 1 when rows were bad.
 */
export async function importFile(words: string[]): Promise<void> {
  const { path, kind, hub, code, dryRun, mapping } = await readWords(words);
  const file = await open(path).catch(() => {
    throw new EnvironmentError(`There is no file ${path} that can be read.`);
  });
  try {
    const connection = await connectToHub(hub, code);
    const id = await announce(connection, file, { path, kind });
    await send(connection, file, id);
    let state = await follow(connection, id, 'reading', 'Reading');
    if (mapping) state = await connection.call('patchImport', { id }, { mapping });
    requireMapping(state);
    await connection.call(dryRun ? 'checkImport' : 'startImport', { id }, {});
    state = await follow(connection, id, dryRun ? 'checking' : 'storing', dryRun ? 'Checking' : 'Importing');
    await report(connection, state, { path, dryRun });
    if (dryRun) await connection.call('deleteImport', { id });
    await connection.call('signOut', {});
  } finally {
    await file.close();
  }
}

async function readWords(words: string[]) {
  const { values, positionals } = parse(words);
  const kind = ImportKind.safeParse(values.kind);
  const [path] = positionals;
  const { hub, code } = values;
  if (!path || positionals.length > 1 || !kind.success || !hub || !code || !URL.canParse(hub))
    throw new EnvironmentError(USAGE);
  const mapping = values.mapping === undefined ? null : await readMapping(values.mapping);
  return { path, kind: kind.data, hub, code, dryRun: values['dry-run'] ?? false, mapping };
}

function parse(words: string[]) {
  try {
    return parseArgs({
      args: words,
      allowPositionals: true,
      options: {
        kind: { type: 'string' },
        hub: { type: 'string' },
        code: { type: 'string' },
        'dry-run': { type: 'boolean' },
        mapping: { type: 'string' },
      },
    });
  } catch (error) {
    throw new EnvironmentError(`${error instanceof Error ? error.message : ''}\n${USAGE}`);
  }
}

async function readMapping(path: string): Promise<ImportMapping> {
  try {
    return ImportMapping.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw new EnvironmentError(`${path} is no mapping: ${error instanceof Error ? error.message : ''}`);
  }
}

/** Finds the import of this file that was broken off, or begins one. */
async function announce(
  connection: HubConnection,
  file: FileHandle,
  { path, kind }: { path: string; kind: ImportKind },
): Promise<string> {
  const { size, mtimeMs } = await file.stat();
  if (size === 0) throw new EnvironmentError(`${path} is empty.`);
  if (size > MAX_IMPORT_BYTES) throw new EnvironmentError(`${path} is larger than 1 GiB; split it.`);
  const fileName = basename(path);
  const fingerprint = createHash('sha256')
    .update(`${kind} ${fileName} ${size} ${Math.floor(mtimeMs)}`)
    .digest('hex');
  const { imports } = await connection.call('listImports', {});
  const begun = imports.find((other) => other.fingerprint === fingerprint && other.state === 'uploading');
  if (begun) return begun.id;
  const body = { id: uuid(), kind, fileName, size, fingerprint };
  return (await connection.call('createImport', {}, body)).id;
}

/** Sends the parts that the hub does not have. */
async function send(connection: HubConnection, file: FileHandle, id: string): Promise<void> {
  const { parts, size } = await connection.call('readImport', { id });
  const progress = createProgress('Sending', 'B');
  const here = new Set(parts.received);
  const buffer = Buffer.alloc(IMPORT_PART_BYTES);
  for (let n = 0; n < parts.count; n++) {
    const end = Math.min((n + 1) * IMPORT_PART_BYTES, size);
    if (!here.has(n)) {
      const { bytesRead } = await file.read(buffer, 0, IMPORT_PART_BYTES, n * IMPORT_PART_BYTES);
      const data = buffer.subarray(0, bytesRead).toString('base64');
      await connection.call('putImportPart', { id, n }, { data });
    }
    progress.show(end, size);
  }
  progress.end();
}

/** Shows how far the hub is until it has left a state. */
async function follow(
  connection: HubConnection,
  id: string,
  during: Import['state'],
  label: string,
): Promise<Import> {
  const progress = createProgress(label, 'rows');
  for (;;) {
    const now = await connection.call('readImport', { id });
    if (during === 'reading') progress.show(now.rows, Math.round(now.rows / Math.max(now.share, 0.01)));
    else progress.show(now.done, now.rows);
    if (now.state === 'failed') throw new EnvironmentError(failureText(now));
    if (now.state !== during) {
      progress.end();
      return now;
    }
    await new Promise((resolve) => setTimeout(resolve, ASK_MS));
  }
}

function failureText({ fileName, failure }: Import): string {
  const where = failure?.row === undefined ? '' : ` Row ${failure.row} is where it begins.`;
  switch (failure?.reason) {
    case 'empty':
      return `${fileName} has no rows.`;
    case 'no-text':
      return `${fileName} is a spreadsheet, not a CSV file. Save it as CSV first.`;
    case 'quote-not-closed':
      return `${fileName} cannot be read: a quotation mark is opened and never closed.${where}`;
    case 'too-many-columns':
      return `${fileName} has more than 1,000 columns.`;
    default:
      return `The hub gave up on ${fileName}; its log says why. Nothing is stored twice when you try again.`;
  }
}

function requireMapping({ kind, columns, mapping }: Import): void {
  if (!mapping) throw new EnvironmentError('The hub proposes no mapping; give one with --mapping.');
  const issues = mappingIssues(kind, columns, mapping);
  if (issues.length === 0) return;
  const lines = issues.map(({ column, fields, reason }) => {
    const name = column === undefined ? '' : `Column ${columns[column]?.name ?? column}: `;
    if (reason === 'missing') return `No column is ${fields.join(' or ')}.`;
    if (reason === 'date-format') {
      const can = column === undefined ? [] : (columns[column]?.dateFormats ?? []);
      return `${name}say its dateFormat${can.length > 0 ? ` (${can.join(' or ')} would fit)` : ''}.`;
    }
    return `${name}${reason}`;
  });
  throw new EnvironmentError(
    `The columns do not say enough. Put this into a file, complete it, and give it with --mapping:\n` +
      `${JSON.stringify(mapping, null, 2)}\n${lines.join('\n')}`,
  );
}

/** Says what became of the rows, and writes the bad ones into a file beside. */
async function report(
  connection: HubConnection,
  { id, added, updated, unchanged, bad }: Import,
  { path, dryRun }: { path: string; dryRun: boolean },
): Promise<void> {
  const [does, count] = dryRun ? ['would be ', 'Checked'] : ['', 'Imported'];
  process.stdout.write(
    `${count}: ${added} ${does}added, ${updated} ${does}updated, ${unchanged} unchanged, ${bad} bad.\n`,
  );
  if (bad === 0) return;
  const list = `${path}.problems.csv`;
  const out = createWriteStream(list);
  out.write('row,column,reason,detail\n');
  let cursor: string | undefined;
  do {
    const page = await connection.call('importProblems', { id }, undefined, { cursor, limit: 1000 });
    for (const { row, column = '', reason, otherRow, detail } of page.problems)
      out.write(
        `${row},${csvCell(column)},${reason},${csvCell(detail ?? (otherRow ? `row ${otherRow}` : ''))}\n`,
      );
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  await new Promise<void>((resolve) => out.end(() => resolve()));
  process.stdout.write(`The bad rows are named in ${list}\n`);
  process.exitCode = 1;
}
