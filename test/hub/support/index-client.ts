import { expect } from 'vitest';
import { type IndexState, LeadIndexResponse } from '../../../utils/contract/lead-index.ts';
import { ENTRY_BYTES, HASH_BYTES } from '../../../utils/contract/limits.ts';
import { unpackState } from '../../../utils/domain/index-state.ts';
import { importLeadKey, leadHash } from '../../../utils/domain/lead-hash.ts';
import type { Call } from './test-hub.ts';

/** What a client holds: hash → state, brought up to date page by page. */
export function indexClient(fetchPage: (since: number) => Promise<LeadIndexResponse>) {
  const states = new Map<string, number>();
  let cursor = 0;
  let key: Pick<LeadIndexResponse, 'key' | 'keyId'> | null = null;
  return {
    states,
    keyId: () => key?.keyId,
    cursor: () => cursor,
    /** Returns how many pages there were. */
    async sync(): Promise<number> {
      for (let pages = 1; ; pages++) {
        const page = await fetchPage(cursor);
        if (key !== null && key.keyId !== page.keyId) {
          [cursor, key] = [0, null];
          states.clear();
          continue;
        }
        expect(page.cursor).toBeGreaterThanOrEqual(cursor);
        ({ cursor } = page);
        key = page;
        const upserts = chunks(page.upserts, ENTRY_BYTES);
        expect(upserts.toSorted()).toEqual(upserts);
        for (const hash of chunks(page.deletes, HASH_BYTES)) states.delete(hash);
        for (const entry of upserts) states.set(entry.slice(0, -2), Number.parseInt(entry.slice(-2), 16));
        if (page.complete) return pages;
      }
    },
    /** What the index says of an index text; undefined when it does not hold it. */
    async find(text: string): Promise<IndexState | undefined> {
      const raw = new Uint8Array(Buffer.from(key?.key ?? '', 'base64'));
      const hash = await leadHash(await importLeadKey(raw), text);
      const byte = states.get(Buffer.from(hash).toString('hex'));
      return byte === undefined ? undefined : unpackState(byte);
    },
  };
}

/** Asks by HTTP, as a signed-in user. */
export const overHttp = (call: Call) => async (since: number) =>
  LeadIndexResponse.parse((await call('GET', `/v1/lead-index?since=${since}`)).json);

function chunks(base64: string, size: number): string[] {
  const bytes = Buffer.from(base64, 'base64');
  expect(bytes.length % size).toBe(0);
  return Array.from({ length: bytes.length / size }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size).toString('hex'),
  );
}
