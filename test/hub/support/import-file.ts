import { v7 as uuid } from 'uuid';
import { expect } from 'vitest';
import { importNext } from '../../../server/jobs/import.ts';
import type { Hub } from '../../../server/hub.ts';
import {
  Import,
  IMPORT_PART_BYTES,
  type ImportKind,
  type ImportMapping,
  type ImportPatch,
  ImportProblem,
} from '../../../utils/contract/import.ts';
import type { Call } from './test-hub.ts';

/** What a test does with imports, as one user of a hub. */
export function importsOf(hub: Hub, call: Call) {
  const ok = async (method: string, path: string, body?: unknown) => {
    const answer = await call(method, path, body);
    expect(answer.text, `${method} ${path}`).toBe(answer.status < 300 ? answer.text : '');
    return answer.json;
  };
  const jobs = async () => {
    while (await importNext(hub.databaseOf(hub.workspaceId), hub.workspaceId, hub.clock()));
  };
  const read = async (id: string) => Import.parse(await ok('GET', `/v1/imports/${id}`));
  const file = (content: string | Uint8Array) =>
    typeof content === 'string' ? Buffer.from(content) : Buffer.from(content);
  /** Announces a file and sends its parts; returns the id. */
  const upload = async (kind: ImportKind, content: string | Uint8Array): Promise<string> => {
    const bytes = file(content);
    const id = uuid();
    await ok('POST', '/v1/imports', { id, kind, fileName: 'people.csv', size: bytes.length });
    for (let n = 0; n * IMPORT_PART_BYTES < bytes.length; n++) {
      const part = bytes.subarray(n * IMPORT_PART_BYTES, (n + 1) * IMPORT_PART_BYTES);
      await ok('PUT', `/v1/imports/${id}/parts/${n}`, { data: part.toString('base64') });
    }
    return id;
  };
  const begin = (id: string) => ok('POST', `/v1/imports/${id}/start`, {});
  return {
    jobs,
    read,
    upload,
    /** The same, and reads it. */
    open: async (kind: ImportKind, content: string | Uint8Array): Promise<Import> => {
      const id = await upload(kind, content);
      await jobs();
      return read(id);
    },
    patch: async (id: string, patch: Omit<ImportPatch, 'mapping'> & { mapping?: Partial<ImportMapping> }) => {
      const mapping = patch.mapping && { ...(await read(id)).mapping, ...patch.mapping };
      return Import.parse(await ok('PATCH', `/v1/imports/${id}`, { ...patch, ...(mapping && { mapping }) }));
    },
    check: async (id: string): Promise<Import> => {
      await ok('POST', `/v1/imports/${id}/check`, {});
      await jobs();
      return read(id);
    },
    begin,
    start: async (id: string): Promise<Import> => {
      await begin(id);
      await jobs();
      return read(id);
    },
    problems: async (id: string): Promise<ImportProblem[]> => {
      const all: ImportProblem[] = [];
      let cursor = '';
      for (;;) {
        const page = (await ok('GET', `/v1/imports/${id}/problems?limit=500${cursor}`)) as {
          problems: unknown[];
          nextCursor: string | null;
        };
        all.push(...page.problems.map((problem) => ImportProblem.parse(problem)));
        if (page.nextCursor === null) return all;
        cursor = `&cursor=${page.nextCursor}`;
      }
    },
  };
}
