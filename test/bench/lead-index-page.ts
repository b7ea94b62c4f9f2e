import { ENTRY_BYTES, HASH_BYTES } from '../../utils/contract/limits.ts';
import { LeadIndexResponse } from '../../utils/contract/lead-index.ts';
import { emailIndexText, importLeadKey, leadHash, type LeadKey } from '../../utils/domain/lead-hash.ts';
import { emptyTable, findState, type HashTable, mergeEntries } from '../../utils/extension/hash-table.ts';
import { findLeads, forgetIndex, syncIndex } from '../../utils/extension/lead-index.ts';
import { nextTask } from '../../utils/extension/next-task.ts';
import { BloomFilter } from './bloom-filter.ts';
import { summary } from './statistics.ts';

/* What the bench of the lead index does in the browser; each function is called by `lead-index.ts`. */

const LEADS = 1_000_000;
const PAGE = 20_000;
const ROUNDS = 60;
const DELTAS = 20;
const STRANGERS = 2_000_000;

const rawKey = new Uint8Array(32).fill(7);
let key: LeadKey;
/** All entries, ascending by hash, as the hub would send them. */
let entries: Uint8Array<ArrayBuffer>;
let table: HashTable;
let set: Set<string>;
let bloom: BloomFilter;
let cursor = 0;
let asked = 0;

/** Addresses that nobody has asked for yet. */
const addresses = (count: number) =>
  Array.from({ length: count }, () => ({ email: `person${asked++}@firm.example` }));

const hashAt = (at: number) => entries.subarray(at * ENTRY_BYTES, at * ENTRY_BYTES + HASH_BYTES);
const hex = (hash: Uint8Array) => Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Makes a million entries with random hashes, for making real ones would take the time of the whole bench. */
export async function prepare(): Promise<void> {
  key = await importLeadKey(rawKey);
  const numbers = new BigUint64Array(LEADS);
  for (let from = 0; from < LEADS; from += 8_192)
    crypto.getRandomValues(numbers.subarray(from, from + 8_192));
  const hashes = numbers.map((number) => number >> 16n).sort();
  entries = new Uint8Array(LEADS * ENTRY_BYTES);
  const view = new DataView(entries.buffer);
  hashes.forEach((hash, index) => {
    view.setUint16(index * ENTRY_BYTES, Number(hash >> 32n));
    view.setUint32(index * ENTRY_BYTES + 2, Number(hash & 0xffffffffn));
    view.setUint8(index * ENTRY_BYTES + HASH_BYTES, index % 9);
  });
}

const json = (upserts: Uint8Array, deletes: Uint8Array, complete: boolean) => {
  const base64 = (bytes: Uint8Array) => {
    let text = '';
    for (let at = 0; at < bytes.length; at += 0x8000)
      text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    return btoa(text);
  };
  const [rest, secret] = [{ keyId: 'bench', cursor: ++cursor, complete }, base64(rawKey)];
  return JSON.stringify({ ...rest, key: secret, upserts: base64(upserts), deletes: base64(deletes) });
};

const sync = (pages: string[]) => {
  const left = [...pages];
  return syncIndex(() => Promise.resolve(LeadIndexResponse.parse(JSON.parse(left.shift()!))));
};

let firstPages: string[];
let deltas: string[];

/** The answers of the hub: all entries in pages, and then changes by the thousand. */
export function preparePages(): void {
  firstPages = Array.from({ length: LEADS / PAGE }, (_, page) => {
    const own = entries.subarray(page * PAGE * ENTRY_BYTES, (page + 1) * PAGE * ENTRY_BYTES);
    return json(own, new Uint8Array(), (page + 1) * PAGE === LEADS);
  });
  deltas = Array.from({ length: DELTAS }, (_, turn) => {
    const changed = Array.from({ length: 1_000 }, (_, n) => hashAt(n * 999 + turn));
    const upserts = Uint8Array.from(changed.slice(100).flatMap((hash) => [...hash, 3]));
    const deletes = Uint8Array.from(changed.slice(0, 100).flatMap((hash) => [...hash]));
    return json(upserts, deletes, true);
  });
}

/** Milliseconds; the answers of the hub come as text, and the index ends up in storage. */
export async function firstSync(): Promise<number> {
  const start = performance.now();
  await sync(firstPages);
  return performance.now() - start;
}

/** From storage, as after each wake of the background. */
export async function load(): Promise<number> {
  forgetIndex();
  const start = performance.now();
  await findLeads(addresses(1));
  return performance.now() - start;
}

export async function syncDeltas(): Promise<number> {
  const times: number[] = [];
  for (const delta of deltas) {
    const start = performance.now();
    await sync([delta]);
    times.push(performance.now() - start);
    await nextTask();
  }
  return summary(times).median;
}

/** Looking up addresses nobody has asked for, and the same again. */
export async function lookUps(): Promise<{ fresh: number; cached: number }> {
  const [fresh, cached]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < ROUNDS; turn++) {
    const queries = addresses(50);
    await nextTask();
    const start = performance.now();
    await findLeads(queries);
    fresh.push(performance.now() - start);
    // Many at once: the page's clock ticks in tenths of a millisecond.
    const again = performance.now();
    for (let n = 0; n < 100; n++) await findLeads(queries);
    cached.push((performance.now() - again) / 100);
  }
  return { fresh: summary(fresh).median, cached: summary(cached).median };
}

/** Five hundred addresses at once. */
export async function lookUpMany(): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < DELTAS; turn++) {
    const queries = addresses(500);
    await nextTask();
    const start = performance.now();
    await findLeads(queries);
    times.push(performance.now() - start);
    await nextTask();
  }
  return summary(times).median;
}

export async function buildTable(): Promise<number> {
  table = await mergeEntries(emptyTable(), entries, new Uint8Array());
  const arrays = table.flatMap(({ starts, rests, states }) => [starts, rests, states]);
  return arrays.reduce((sum, { byteLength }) => sum + byteLength, 0);
}

export function buildSet(): void {
  set = new Set();
  for (let at = 0; at < LEADS; at++) set.add(hex(hashAt(at)));
}

export function buildBloom(): { bytes: number; took: number } {
  const start = performance.now();
  bloom = new BloomFilter(LEADS);
  for (let at = 0; at < LEADS; at++) bloom.add(hashAt(at));
  return { bytes: bloom.byteLength, took: performance.now() - start };
}

const structures: Record<string, (hash: Uint8Array) => boolean> = {
  table: (hash) => findState(table, hash) !== null,
  set: (hash) => set.has(hex(hash)),
  bloom: (hash) => bloom.has(hash),
};

/**
 * How many random hashes, none of them a lead's, a structure knows.
 *
 * @throws Error when it does not know a lead.
 */
export function falsePositives(name: string): { found: number; of: number } {
  const has = structures[name]!;
  for (let at = 0; at < LEADS; at += 7) if (!has(hashAt(at))) throw new Error(`Not found: lead ${at}.`);
  const random = new Uint8Array(HASH_BYTES * 8_000);
  let [found, of] = [0, 0];
  while (of < STRANGERS) {
    crypto.getRandomValues(random);
    for (let at = 0; at < random.length; at += HASH_BYTES, of++) {
      found += has(random.subarray(at, at + HASH_BYTES)) ? 1 : 0;
    }
  }
  return { found, of };
}

/** Fifty addresses by the same hash, without our cache; and a thousand changes in memory, in milliseconds. */
export async function bare(name: string): Promise<{ fresh: number; change: number }> {
  const has = structures[name]!;
  const times: number[] = [];
  for (let turn = 0; turn < ROUNDS; turn++) {
    const queries = addresses(50);
    const start = performance.now();
    const hashes = await Promise.all(queries.map(({ email }) => leadHash(key, emailIndexText(email))));
    hashes.filter(has);
    times.push(performance.now() - start);
  }
  const changed = Array.from({ length: 1_000 }, (_, n) => hashAt(n * 999));
  const entriesOf = Uint8Array.from(changed.flatMap((hash) => [...hash, 3]));
  const start = performance.now();
  if (name === 'table') await mergeEntries(table, entriesOf, new Uint8Array());
  if (name === 'set') for (const hash of changed) set.add(hex(hash));
  return { fresh: summary(times).median, change: performance.now() - start };
}
