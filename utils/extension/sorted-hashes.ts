import { ENTRY_BYTES, HASH_BYTES } from '../contract/lead-index.ts';

/** Compares the hash at an offset of one array with that of another; like a sort's comparator. */
function compareAt(a: Uint8Array, at: number, b: Uint8Array, bt: number): number {
  for (let i = 0; i < HASH_BYTES; i++) {
    const difference = a[at + i]! - b[bt + i]!;
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The state byte of a hash, or null when it is not in the index. O(log n), nothing allocated. */
export function findState(entries: Uint8Array, hash: Uint8Array): number | null {
  let low = 0;
  let high = entries.length / ENTRY_BYTES - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const order = compareAt(entries, middle * ENTRY_BYTES, hash, 0);
    if (order === 0) return entries[middle * ENTRY_BYTES + HASH_BYTES]!;
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  return null;
}

/** Applies one page of changes; all three inputs ascend by hash, an upsert wins over an old entry. */
export function mergeEntries(
  entries: Uint8Array,
  upserts: Uint8Array,
  deletes: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const merged = new Uint8Array(entries.length + upserts.length);
  let length = 0;
  let [e, u, d] = [0, 0, 0];
  const copy = (from: Uint8Array, at: number) => {
    for (let i = 0; i < ENTRY_BYTES; i++) merged[length++] = from[at + i]!;
  };
  while (e < entries.length || u < upserts.length) {
    const order = e >= entries.length ? 1 : u >= upserts.length ? -1 : compareAt(entries, e, upserts, u);
    if (order >= 0) {
      copy(upserts, u);
      u += ENTRY_BYTES;
      if (order === 0) e += ENTRY_BYTES;
      continue;
    }
    while (d < deletes.length && compareAt(deletes, d, entries, e) < 0) d += HASH_BYTES;
    if (d >= deletes.length || compareAt(deletes, d, entries, e) !== 0) copy(entries, e);
    e += ENTRY_BYTES;
  }
  return merged.slice(0, length);
}
