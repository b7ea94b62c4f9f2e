import { ENTRY_BYTES, HASH_BYTES } from '../contract/lead-index.ts';
import { nextTask } from './next-task.ts';

const BUCKETS = 0x10000;
/** How long a merge may hold the thread before it lets others have a turn, in milliseconds. */
const SLICE_MS = 2;

/**
 * Hashes with their states, as small as they get: 5 bytes each and 256 kB for all. The first two bytes of a
 * hash say in which bucket it lies, so only the rest of it is stored, ascending within the bucket.
 */
export interface HashTable {
  /** Where each bucket begins; the last number is where the last one ends. */
  starts: Uint32Array<ArrayBuffer>;
  rests: Uint32Array<ArrayBuffer>;
  states: Uint8Array<ArrayBuffer>;
}

export const emptyTable = (): HashTable => ({
  starts: new Uint32Array(BUCKETS + 1),
  rests: new Uint32Array(0),
  states: new Uint8Array(0),
});

const bucketAt = (bytes: Uint8Array, at: number) => (bytes[at]! << 8) | bytes[at + 1]!;
const restAt = (bytes: Uint8Array, at: number) =>
  ((bytes[at + 2]! << 24) | (bytes[at + 3]! << 16) | (bytes[at + 4]! << 8) | bytes[at + 5]!) >>> 0;

/** The state byte of a hash, or null when it is not in the table. O(log of the bucket), nothing allocated. */
export function findState({ starts, rests, states }: HashTable, hash: Uint8Array): number | null {
  const bucket = bucketAt(hash, 0);
  const rest = restAt(hash, 0);
  let low = starts[bucket]!;
  let high = starts[bucket + 1]! - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = rests[middle]!;
    if (found === rest) return states[middle]!;
    if (found < rest) low = middle + 1;
    else high = middle - 1;
  }
  return null;
}

/**
 * A table with one page of changes applied: `upserts` and `deletes` as in `LeadIndexResponse`, ascending; an upsert
 * wins over an old entry. Buckets without a change are copied in one go, and a long merge goes in slices.
 */
export async function mergeEntries(
  table: HashTable,
  upserts: Uint8Array,
  deletes: Uint8Array,
): Promise<HashTable> {
  const merge = new Merge(table, upserts, deletes);
  let sliceEnd = performance.now() + SLICE_MS;
  for (let bucket = merge.nextChanged(); bucket < BUCKETS; bucket = merge.nextChanged()) {
    merge.changeBucket(bucket);
    if (performance.now() < sliceEnd) continue;
    await nextTask();
    sliceEnd = performance.now() + SLICE_MS;
  }
  return merge.finish();
}

/** A merge under way; `…Next` is the position up to which each array was read or written. */
class Merge {
  readonly #old: HashTable;
  readonly #upserts: Uint8Array;
  readonly #deletes: Uint8Array;
  readonly #table: HashTable;
  #bucketNext = 0;
  #oldNext = 0;
  #upsertNext = 0;
  #deleteNext = 0;
  #length = 0;

  constructor(old: HashTable, upserts: Uint8Array, deletes: Uint8Array) {
    this.#old = old;
    this.#upserts = upserts;
    this.#deletes = deletes;
    const most = old.rests.length + upserts.length / ENTRY_BYTES;
    this.#table = {
      starts: new Uint32Array(BUCKETS + 1),
      rests: new Uint32Array(most),
      states: new Uint8Array(most),
    };
  }

  /** The first bucket that something is still to be changed in. */
  nextChanged(): number {
    return Math.min(
      this.#upsertNext < this.#upserts.length ? bucketAt(this.#upserts, this.#upsertNext) : BUCKETS,
      this.#deleteNext < this.#deletes.length ? bucketAt(this.#deletes, this.#deleteNext) : BUCKETS,
    );
  }

  changeBucket(bucket: number): void {
    this.#copyUntil(bucket);
    const end = this.#old.starts[bucket + 1]!;
    const hasUpsert = () =>
      this.#upsertNext < this.#upserts.length && bucketAt(this.#upserts, this.#upsertNext) === bucket;
    while (this.#oldNext < end || hasUpsert()) {
      const old = this.#oldNext < end ? this.#old.rests[this.#oldNext]! : Infinity;
      const upsert = hasUpsert() ? restAt(this.#upserts, this.#upsertNext) : Infinity;
      if (upsert <= old) {
        this.#push(upsert, this.#upserts[this.#upsertNext + HASH_BYTES]!);
        this.#upsertNext += ENTRY_BYTES;
      } else if (!this.#isDeleted(bucket, old)) {
        this.#push(old, this.#old.states[this.#oldNext]!);
      }
      if (old <= upsert) this.#oldNext++;
    }
    // Deletes of what we never had.
    while (this.#deleteNext < this.#deletes.length && bucketAt(this.#deletes, this.#deleteNext) === bucket) {
      this.#deleteNext += HASH_BYTES;
    }
    this.#bucketNext = bucket + 1;
    this.#table.starts[this.#bucketNext] = this.#length;
  }

  finish(): HashTable {
    this.#copyUntil(BUCKETS);
    const { starts, rests, states } = this.#table;
    if (this.#length === rests.length) return this.#table;
    return { starts, rests: rests.slice(0, this.#length), states: states.slice(0, this.#length) };
  }

  /** Copies the buckets before this one, in which nothing changes. */
  #copyUntil(bucket: number): void {
    const { starts, rests, states } = this.#old;
    const end = starts[bucket]!;
    this.#table.rests.set(rests.subarray(this.#oldNext, end), this.#length);
    this.#table.states.set(states.subarray(this.#oldNext, end), this.#length);
    const shift = this.#length - this.#oldNext;
    for (let next = this.#bucketNext + 1; next <= bucket; next++)
      this.#table.starts[next] = starts[next]! + shift;
    this.#length = end + shift;
    this.#oldNext = end;
  }

  #push(rest: number, state: number): void {
    this.#table.rests[this.#length] = rest;
    this.#table.states[this.#length] = state;
    this.#length++;
  }

  /** Whether an old entry is among the deletes; asked in ascending order. */
  #isDeleted(bucket: number, rest: number): boolean {
    for (; this.#deleteNext < this.#deletes.length; this.#deleteNext += HASH_BYTES) {
      if (bucketAt(this.#deletes, this.#deleteNext) > bucket) return false;
      const deleted = restAt(this.#deletes, this.#deleteNext);
      if (deleted >= rest) return deleted === rest;
    }
    return false;
  }
}
