import type { IndexState, LeadIndexResponse } from '../contract/lead-index.ts';
import type { ExternalId } from '../contract/primitives.ts';
import { normaliseEmail, withoutTag } from '../domain/email.ts';
import { unpackState } from '../domain/index-state.ts';
import { emailIndexText, importLeadKey, leadHash, recordIndexText } from '../domain/lead-hash.ts';
import { emptyTable, findState, mergeEntries } from './hash-table.ts';
import { readIndex, type StoredIndex, writeIndex } from './index-store.ts';
import { nextTask } from './next-task.ts';

export type IndexHit = IndexState;

/** Somebody to look for: the record first, then the address, then the address without its tag. */
export interface LeadQuery {
  email?: string | undefined;
  record?: ExternalId | undefined;
}

interface LoadedIndex {
  stored: StoredIndex;
  key: CryptoKey;
  /** What the index says of an address or a record: they repeat from page to page, and hashing is the dear part. */
  seen: Map<string, IndexHit | null>;
}

const SEEN_LIMIT = 20_000;
/** So many hashes are made at once, in about a millisecond. */
const HASH_BATCH = 50;
let loaded: Promise<LoadedIndex | null> | undefined;

const load = async (): Promise<LoadedIndex | null> => {
  const stored = await readIndex();
  return stored === undefined ? null : open(stored);
};
const open = async (stored: StoredIndex): Promise<LoadedIndex> => ({
  stored,
  key: await importLeadKey(stored.key),
  seen: new Map(),
});
const current = () => (loaded ??= load());

/** Forgets the index in memory, after it was changed or cleared in storage. */
export function forgetIndex(): void {
  loaded = undefined;
}

/**
 * What the index knows of each of these, in their order: null for anybody who is no lead. Works offline and asks
 * nobody; this is what keeps other people's addresses in the browser.
 */
export async function findLeads(queries: readonly LeadQuery[]): Promise<(IndexHit | null)[]> {
  const index = await current();
  if (index === null) return queries.map(() => null);
  const recalled = queries.map((query) => recall(index.seen, query));
  if (recalled.every((hit) => hit !== undefined)) return recalled;
  // Another Map, not an empty one: somebody else may be waiting for what the old one says.
  if (index.seen.size + 2 * queries.length > SEEN_LIMIT) index.seen = new Map();
  const { seen } = index;
  await learn(
    index,
    seen,
    [...new Set(queries.flatMap(cluesOf))].filter((clue) => !seen.has(clue)),
  );
  return queries.map((query) => recall(seen, query) ?? null);
}

/** The same for one address. */
export async function findLead(email: string): Promise<IndexHit | null> {
  return (await findLeads([{ email }]))[0] ?? null;
}

const EMAIL = emailIndexText('');

/** A record and an address as they stand on the page: normalising costs as much as the rest of a cached answer. */
function cluesOf({ email, record }: LeadQuery): string[] {
  const text = record && recordIndexText(record);
  return [...(text == null ? [] : [text]), ...(email === undefined ? [] : [emailIndexText(email)])];
}

/** What is known already; `undefined` while a clue is new that may decide. Makes no lists: it is asked all the time. */
function recall(
  seen: Map<string, IndexHit | null>,
  { email, record }: LeadQuery,
): IndexHit | null | undefined {
  const text = record && recordIndexText(record);
  const ofRecord = text == null ? null : seen.get(text);
  if (ofRecord !== null || email === undefined) return ofRecord;
  return seen.get(emailIndexText(email));
}

/** Looks clues up, some at a time: browsers answer small hashes at once, without letting others have a turn. */
async function learn(index: LoadedIndex, seen: Map<string, IndexHit | null>, clues: string[]): Promise<void> {
  for (let next = 0; next < clues.length; next += HASH_BATCH) {
    if (next > 0) await nextTask();
    const batch = clues.slice(next, next + HASH_BATCH);
    const hits = await Promise.all(batch.map((clue) => lookUp(index, clue)));
    batch.forEach((clue, position) => seen.set(clue, hits[position] ?? null));
  }
}

async function lookUp({ stored, key }: LoadedIndex, clue: string): Promise<IndexHit | null> {
  for (const text of indexTexts(clue)) {
    const state = findState(stored.table, await leadHash(key, text));
    if (state !== null) return unpackState(state);
  }
  return null;
}

/** What of a clue may stand in the index, the exact text first. */
function indexTexts(clue: string): string[] {
  if (!clue.startsWith(EMAIL)) return [clue];
  const email = normaliseEmail(clue.slice(EMAIL.length));
  return email === null ? [] : [...new Set([email, withoutTag(email)])].map(emailIndexText);
}

/**
 * Fetches what changed since the last time, page by page, and stores each page before the next. Where the workspace's
 * key was changed, all is fetched anew, and the old index goes on answering until the new one is whole.
 *
 * @returns false when a page could not be had.
 */
export function syncIndex(fetchPage: FetchPage): Promise<boolean> {
  syncing = syncing.catch(() => false).then(() => syncNow(fetchPage));
  return syncing;
}

type FetchPage = (since: number) => Promise<LeadIndexResponse | null>;
/** One sync at a time: two could each store a part of the other's. */
let syncing: Promise<boolean> = Promise.resolve(true);

async function syncNow(fetchPage: FetchPage): Promise<boolean> {
  let index = await readIndex();
  let stored = index?.table;
  let startsOver = false;
  for (;;) {
    const page = await fetchPage(index?.cursor ?? 0);
    if (page === null) return false;
    if (index !== undefined && index.keyId !== page.keyId) {
      index = undefined;
      startsOver = true;
      continue;
    }
    // Most of the time nothing has changed; then what is known of addresses stays known.
    if (page.cursor !== index?.cursor) {
      index = await applyPage(index, page);
      if (page.complete || !startsOver) {
        await writeIndex(index, stored);
        stored = index.table;
        loaded = open(index);
      }
    }
    if (page.complete) return true;
  }
}

async function applyPage(index: StoredIndex | undefined, page: LeadIndexResponse): Promise<StoredIndex> {
  const { keyId, cursor } = page;
  await nextTask();
  const [key, upserts, deletes] = [bytes(page.key), bytes(page.upserts), bytes(page.deletes)];
  return { keyId, key, cursor, table: await mergeEntries(index?.table ?? emptyTable(), upserts, deletes) };
}

function bytes(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const array = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) array[at] = text.charCodeAt(at);
  return array;
}
