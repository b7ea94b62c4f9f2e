import { IMPORT_PART_BYTES, type Import } from '../../utils/contract/import.ts';
import { type MappingIssue, mappingIssues } from '../../utils/domain/import-mapping.ts';
import {
  clearImport,
  deleteImport,
  type ImportRecord,
  insertImport,
  insertPart,
  lockImport,
  partCount,
  readImport,
  readImports,
  readPartNumbers,
  readProblems,
  rememberMapping,
  saveImport,
} from '../imports/import-records.ts';
import { signatureOf } from '../imports/propose-mapping.ts';
import { readAnew } from '../imports/read-next-part.ts';
import type { Handlers } from '../operation.ts';
import { ProblemError } from '../problem.ts';
import type { Database, WriteTransaction } from '../store/database.ts';

export const importHandlers: Pick<
  Handlers,
  | 'listImports'
  | 'createImport'
  | 'readImport'
  | 'putImportPart'
  | 'patchImport'
  | 'checkImport'
  | 'startImport'
  | 'importProblems'
  | 'deleteImport'
> = {
  listImports: async ({ db, session }) => ({ imports: await readImports(db, session.workspaceId) }),

  async createImport({ db, session: { workspaceId, user }, body, now }) {
    const isNew = await insertImport(db, workspaceId, body, { userId: user.id, now });
    const stored = await existing(db, workspaceId, body.id);
    if (!isNew && (stored.size !== body.size || stored.kind !== body.kind)) {
      throw new ProblemError('conflict', 'Another import has this id; make a new one.');
    }
    return stored;
  },

  readImport: ({ db, session, params }) => existing(db, session.workspaceId, params.id),

  async putImportPart({ db, session: { workspaceId }, params: { id, n }, body: { data }, now }) {
    const { state, size } = await locked(db, workspaceId, id);
    const count = partCount(size);
    const length = n === count - 1 ? size - n * IMPORT_PART_BYTES : IMPORT_PART_BYTES;
    if (n >= count || Buffer.byteLength(data, 'base64') !== length) {
      const detail = n < count ? `must be ${length} bytes` : `the file has ${count} parts`;
      throw new ProblemError('invalid', 'The part does not fit the size of the file.', [
        { pointer: '/data', detail },
      ]);
    }
    // Sent once more after a lost answer: it is here already.
    if (state !== 'uploading') return undefined;
    await insertPart(db, workspaceId, { importId: id, n, data });
    if ((await readPartNumbers(db, workspaceId, id)).length === count)
      await readAnew(db, workspaceId, { id }, undefined, now);
    return undefined;
  },

  async patchImport({ db, session: { workspaceId }, params: { id }, body: { format, mapping }, now }) {
    const record = await locked(db, workspaceId, id);
    requireState(record, ['ready', 'checked', 'failed']);
    if (format) await readAnew(db, workspaceId, record, { said: format }, now);
    if (mapping) {
      const { length } = record.columns ?? [];
      if (format || mapping.columns.length !== length) {
        throw new ProblemError('invalid', 'The mapping does not fit the columns of the file.', [
          { pointer: '/mapping/columns', detail: `must have ${length} entries` },
        ]);
      }
      await saveImport(db, workspaceId, id, {
        mapping,
        ...(record.state === 'checked' && { state: 'ready' }),
      });
    }
    return existing(db, workspaceId, id);
  },

  checkImport: ({ db, session, params, now }) => run(db, session.workspaceId, params.id, 'checking', now),

  startImport: ({ db, session, params, now }) => run(db, session.workspaceId, params.id, 'storing', now),

  async importProblems({ db, session: { workspaceId }, params: { id }, query: { cursor, limit } }) {
    await existing(db, workspaceId, id);
    const [row = 0, n = 0] = (cursor ?? '0.0').split('.').map(Number);
    const found = await readProblems(db, workspaceId, id, { after: [row, n], limit });
    return {
      problems: found.map(({ problem }) => problem),
      nextCursor: found.length === limit ? (found.at(-1)?.cursor ?? null) : null,
    };
  },

  async deleteImport({ db, session: { workspaceId }, params: { id } }) {
    await locked(db, workspaceId, id);
    await deleteImport(db, workspaceId, id);
    return undefined;
  },
};

/** Begins a check or the import itself; a job does it. */
async function run(
  tx: WriteTransaction,
  workspaceId: string,
  id: string,
  state: 'checking' | 'storing',
  now: Date,
): Promise<Import> {
  const record = await locked(tx, workspaceId, id);
  // Asked once more after a lost answer: it is under way.
  if (record.state === state) return existing(tx, workspaceId, id);
  requireState(record, ['ready', 'checked', 'failed']);
  const { kind, columns, mapping, chunks } = record;
  if (!columns || !mapping || chunks === 0) throw new ProblemError('conflict', 'The file could not be read.');
  const issues = mappingIssues(kind, columns, mapping);
  if (issues.length > 0) {
    throw new ProblemError('invalid', 'The mapping is not complete; see errors.', issues.map(errorOf));
  }
  await rememberMapping(tx, workspaceId, { kind, signature: signatureOf(columns), mapping });
  await clearImport(tx, workspaceId, id, ['import_keys', 'import_problems']);
  const counts = { nextChunk: 0, done: 0, added: 0, updated: 0, unchanged: 0, bad: 0, attempts: 0 };
  await saveImport(tx, workspaceId, id, { ...counts, state, failure: null, dueAt: now.toISOString() });
  return existing(tx, workspaceId, id);
}

function errorOf({ column, fields, reason }: MappingIssue) {
  const SAYS: Record<MappingIssue['reason'], string> = {
    missing: `no column gives ${fields.join(' or ')}`,
    twice: `another column is ${fields.join()} already`,
    'date-format': 'say in which format its dates are',
    'attribute-name': 'give the attribute a name',
    'no-such-column': 'the file has no such column',
  };
  const pointer = column === undefined ? '/mapping/columns' : `/mapping/columns/${column}`;
  return { pointer, detail: SAYS[reason] };
}

async function existing(db: Database, workspaceId: string, id: string): Promise<Import> {
  const found = await readImport(db, workspaceId, id);
  if (!found) throw new ProblemError('not-found', 'There is no such import.');
  return found;
}

async function locked(tx: WriteTransaction, workspaceId: string, id: string): Promise<ImportRecord> {
  const record = await lockImport(tx, workspaceId, id);
  if (!record) throw new ProblemError('not-found', 'There is no such import.');
  return record;
}

function requireState({ state }: ImportRecord, allowed: readonly ImportRecord['state'][]): void {
  if (!allowed.includes(state)) {
    throw new ProblemError('conflict', `This cannot be done while the import is ${state}.`);
  }
}
