import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ENTRY_BYTES, HASH_BYTES } from '../../../utils/contract/lead-index.ts';
import { findState, mergeEntries } from '../../../utils/extension/sorted-hashes.ts';

/** A hash from a small number, so that collisions between old, new and deleted entries are frequent. */
const hashOf = (n: number) => Uint8Array.from([n >> 4, 0, 0, 0, 0, n & 0x0f]);
const table = (entries: Map<number, number>) =>
  Uint8Array.from([...entries].sort(([a], [b]) => a - b).flatMap(([n, state]) => [...hashOf(n), state]));
const list = (hashes: Set<number>) =>
  Uint8Array.from([...hashes].sort((a, b) => a - b).flatMap((n) => [...hashOf(n)]));

const entries = fc
  .array(fc.tuple(fc.nat(200), fc.nat(255)), { maxLength: 60 })
  .map((pairs) => new Map(pairs));

it('agrees with a plain Map about any sequence of deltas', () => {
  fc.assert(
    fc.property(
      entries,
      fc.array(fc.record({ upserts: entries, deletes: fc.uniqueArray(fc.nat(200)) }), { maxLength: 5 }),
      (start, deltas) => {
        const expected = new Map(start);
        let actual = table(start);
        for (const { upserts, deletes } of deltas) {
          for (const n of deletes) expected.delete(n);
          for (const [n, state] of upserts) expected.set(n, state);
          actual = mergeEntries(actual, table(upserts), list(new Set(deletes)));
        }
        expect(actual).toEqual(table(expected));
        for (let n = 0; n <= 200; n++) expect(findState(actual, hashOf(n))).toBe(expected.get(n) ?? null);
      },
    ),
  );
});

it('finds nothing in an empty index', () => {
  expect(findState(new Uint8Array(), new Uint8Array(HASH_BYTES))).toBeNull();
  expect(mergeEntries(new Uint8Array(), new Uint8Array(), new Uint8Array())).toHaveLength(0);
  expect(ENTRY_BYTES).toBe(HASH_BYTES + 1);
});
