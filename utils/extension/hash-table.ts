import { ENTRY_BYTES, HASH_BYTES } from '../contract/limits.ts';
import { nextTask } from './next-task.ts';

/** By the first four bits of a hash; few enough entries in each that one takes no time to merge or to store. */
export const PARTS = 16;
/** By the twelve bits that follow. */
const BUCKETS = 0x1000;
/** How long a merge may hold the thread before it lets others have a turn, in milliseconds. */
const SLICE_MS = 1;

/**
 * Hashes with their states, as small as they get: 5 bytes each and 256 kB for all. Where a hash lies says what its
 * first two bytes are, so that only the rest of it is stored.
 */
export type HashTable = readonly HashPart[];

export interface HashPart {
  /** Where each bucket begins; the last number is where the last one ends. */
  starts: Uint32Array<ArrayBuffer>;
  /** The last four bytes of each hash, ascending within the bucket. */
  rests: Uint32Array<ArrayBuffer>;
  states: Uint8Array<ArrayBuffer>;
}

const newPart = (entries: number): HashPart => ({
  starts: new Uint32Array(BUCKETS + 1),
  rests: new Uint32Array(entries),
  states: new Uint8Array(entries),
});

export const emptyTable = (): HashTable => Array.from({ length: PARTS }, () => newPart(0));

const partAt = (bytes: Uint8Array, at: number) => bytes[at]! >> 4;
const bucketAt = (bytes: Uint8Array, at: number) => ((bytes[at]! & 0x0f) << 8) | bytes[at + 1]!;
const restAt = (bytes: Uint8Array, at: number) =>
  ((bytes[at + 2]! << 24) | (bytes[at + 3]! << 16) | (bytes[at + 4]! << 8) | bytes[at + 5]!) >>> 0;

/** The state byte of a hash, or null when it is not in the table. O(log of the bucket), nothing allocated. */
export function findState(table: HashTable, hash: Uint8Array): number | null {
  const { starts, rests, states } = table[partAt(hash, 0)]!;
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
 * wins over an old entry. Parts in which nothing changes are the same objects as before. Goes in slices.
 */
export async function mergeEntries(
  table: HashTable,
  upserts: Uint8Array,
  deletes: Uint8Array,
): Promise<HashTable> {
  const upsertsOf = splitByPart(upserts, ENTRY_BYTES);
  const deletesOf = splitByPart(deletes, HASH_BYTES);
  const merged: HashPart[] = [];
  let sliceEnd = performance.now() + SLICE_MS;
  for (const [index, part] of table.entries()) {
    if (performance.now() > sliceEnd) {
      await nextTask();
      sliceEnd = performance.now() + SLICE_MS;
    }
    const [ours, gone] = [upsertsOf[index]!, deletesOf[index]!];
    merged.push(ours.length + gone.length === 0 ? part : mergePart(part, ours, gone));
  }
  return merged;
}

function splitByPart(bytes: Uint8Array, size: number): Uint8Array[] {
  let start = 0;
  return Array.from({ length: PARTS }, (_, part) => {
    let end = start;
    while (end < bytes.length && partAt(bytes, end) === part) end += size;
    const own = bytes.subarray(start, end);
    start = end;
    return own;
  });
}

function mergePart(old: HashPart, upserts: Uint8Array, deletes: Uint8Array): HashPart {
  const { starts, rests, states } = newPart(old.rests.length + upserts.length / ENTRY_BYTES);
  let [length, o, u, d] = [0, 0, 0, 0];
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    // Most buckets stay as they are: all up to the next that does not are copied at once.
    const changed = Math.min(nextBucket(upserts, u), nextBucket(deletes, d));
    const stay = old.starts[changed]!;
    const shift = length - o;
    rests.set(old.rests.subarray(o, stay), length);
    states.set(old.states.subarray(o, stay), length);
    for (; bucket < changed; bucket++) starts[bucket + 1] = old.starts[bucket + 1]! + shift;
    length += stay - o;
    o = stay;
    if (bucket === BUCKETS) break;

    const end = old.starts[bucket + 1]!;
    for (;;) {
      const oldRest = o < end ? old.rests[o]! : Infinity;
      const isOurs = u < upserts.length && bucketAt(upserts, u) === bucket;
      const rest = Math.min(oldRest, isOurs ? restAt(upserts, u) : Infinity);
      if (rest === Infinity) break;
      while (d < deletes.length && isBefore(deletes, d, bucket, rest)) d += HASH_BYTES;
      const isUpsert = isOurs && restAt(upserts, u) === rest;
      const isDeleted = d < deletes.length && bucketAt(deletes, d) === bucket && restAt(deletes, d) === rest;
      if (isUpsert || !isDeleted) {
        rests[length] = rest;
        states[length] = isUpsert ? upserts[u + HASH_BYTES]! : old.states[o]!;
        length++;
      }
      if (isUpsert) u += ENTRY_BYTES;
      if (oldRest === rest) o++;
    }
    while (nextBucket(deletes, d) === bucket) d += HASH_BYTES;
    starts[bucket + 1] = length;
  }
  // Copied only where much was left over, as after deletes: what is made for each change must be collected.
  const fits = length * 64 >= rests.length * 63;
  return fits
    ? { starts, rests: rests.subarray(0, length), states: states.subarray(0, length) }
    : { starts, rests: rests.slice(0, length), states: states.slice(0, length) };
}

/** The bucket of the entry at this place, the number of buckets after the last. */
const nextBucket = (bytes: Uint8Array, at: number) => (at < bytes.length ? bucketAt(bytes, at) : BUCKETS);

function isBefore(bytes: Uint8Array, at: number, bucket: number, rest: number): boolean {
  const own = bucketAt(bytes, at);
  return own < bucket || (own === bucket && restAt(bytes, at) < rest);
}
