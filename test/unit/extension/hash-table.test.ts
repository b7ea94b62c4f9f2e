import fc from 'fast-check';
import { expect, it } from 'vitest';
import { emptyTable, findState, type HashTable, mergeEntries } from '../../../utils/extension/hash-table.ts';

/** A hash from a small number, so that old, new and deleted entries often meet, in one bucket and in several. */
const hashOf = (n: number) => Uint8Array.from([n >> 4 === 12 ? 0xff : 0, n >> 5, 0xf0, 0, n & 1, n & 0x1f]);
const ascending = (numbers: Iterable<number>) =>
  [...numbers].sort((a, b) => Buffer.compare(hashOf(a), hashOf(b)));
const upsertsOf = (entries: Map<number, number>) =>
  Uint8Array.from(ascending(entries.keys()).flatMap((n) => [...hashOf(n), entries.get(n)!]));
const deletesOf = (numbers: number[]) => Uint8Array.from(ascending(numbers).flatMap((n) => [...hashOf(n)]));

const sizeOf = (table: HashTable) => table.reduce((sum, { rests }) => sum + rests.length, 0);

const NUMBERS = 250;
const entries = fc
  .array(fc.tuple(fc.nat(NUMBERS), fc.nat(255)), { maxLength: 80 })
  .map((pairs) => new Map(pairs));
const deltas = fc.array(
  fc.record({ upserts: entries, deletes: fc.uniqueArray(fc.nat(NUMBERS), { maxLength: 80 }) }),
  { maxLength: 6 },
);

it('agrees with a plain Map about any sequence of deltas', async () => {
  await fc.assert(
    fc.asyncProperty(deltas, async (changes) => {
      const expected = new Map<number, number>();
      let table = emptyTable();
      for (const { upserts, deletes } of changes) {
        for (const n of deletes) expected.delete(n);
        for (const [n, state] of upserts) expected.set(n, state);
        table = await mergeEntries(table, upsertsOf(upserts), deletesOf(deletes));
        expect(sizeOf(table)).toBe(expected.size);
      }
      for (let n = 0; n <= NUMBERS; n++) expect(findState(table, hashOf(n))).toBe(expected.get(n) ?? null);
    }),
  );
});

it('goes in slices when there is much to merge, and comes to the same', async () => {
  const count = 200_000;
  const page = new Uint8Array(count * 7);
  for (let n = 0; n < count; n++) page.set([n >> 10, (n >> 2) & 0xff, n & 3, 0, 0, 0, n % 251], n * 7);
  let turns = 0;
  let merging = true;
  const others = (async () => {
    while (merging) {
      await new Promise((resolve) => setImmediate(resolve));
      turns++;
    }
  })();
  const table = await mergeEntries(emptyTable(), page, new Uint8Array());
  merging = false;
  await others;
  expect(turns).toBeGreaterThan(1);
  expect(sizeOf(table)).toBe(count);
  expect(findState(table, Uint8Array.from([195, 79, 3, 0, 0, 0]))).toBe((count - 1) % 251);
});

it('leaves parts without a change as they are', async () => {
  const table = emptyTable();
  const merged = await mergeEntries(table, Uint8Array.from([0x5f, 0, 0, 0, 0, 1, 7]), new Uint8Array());
  expect(merged.map((part, index) => part === table[index])).toEqual(table.map((_, index) => index !== 5));
});

it('has nothing in an empty table, and takes five bytes an entry', async () => {
  const table = emptyTable();
  expect(findState(table, new Uint8Array(6))).toBeNull();
  const bytes = (of: HashTable) =>
    of
      .flatMap(({ starts, rests, states }) => [starts, rests, states])
      .reduce((sum, array) => sum + array.byteLength, 0);
  expect(bytes(table)).toBeLessThan(263_000);
  expect(bytes(await mergeEntries(table, new Uint8Array(7), new Uint8Array()))).toBe(bytes(table) + 5);
});
