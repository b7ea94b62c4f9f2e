import { database, type IndexHead } from './database.ts';
import { type HashTable, PARTS } from './hash-table.ts';

/** The lead index as it is used. */
export interface StoredIndex extends IndexHead {
  table: HashTable;
}

const HEAD = 'lead-index';

/** The index as it was stored last; `undefined` when there is none. Part by part, each in a task of its own. */
export async function readIndex(): Promise<StoredIndex | undefined> {
  const transaction = (await database()).transaction(['single', 'index-parts']);
  const head = (await transaction.objectStore('single').get(HEAD)) as IndexHead | undefined;
  if (head === undefined) return undefined;
  const table = [];
  for (let part = 0; part < PARTS; part++) {
    const stored = await transaction.objectStore('index-parts').get(part);
    // They are written with the head or not at all.
    if (stored === undefined) return undefined;
    table.push(stored);
  }
  return { ...head, table };
}

/** Stores an index in one transaction; parts that are the same objects in `previous` are there already. */
export async function writeIndex(
  { table, ...head }: StoredIndex,
  previous: HashTable | undefined,
): Promise<void> {
  const transaction = (await database()).transaction(['single', 'index-parts'], 'readwrite');
  await transaction.objectStore('single').put(head, HEAD);
  for (const [index, part] of table.entries()) {
    if (part !== previous?.[index]) await transaction.objectStore('index-parts').put(part, index);
  }
  await transaction.done;
}
