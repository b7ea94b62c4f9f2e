import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from 'idb';
import type { Agreement } from '../contract/agreement.ts';
import type { ContextQuery, LeadContext } from '../contract/lead-context.ts';
import type { Failure } from './failure.ts';
import type { HashPart } from './hash-table.ts';
import type { OutboxEntry, Receipt } from './outbox-entry.ts';

/** A look-up's last answer. `text` is what the lead index knows the lead by: an address or a record. */
export interface CachedContext {
  text: string;
  query: ContextQuery;
  personId: string;
  context: LeadContext;
  receivedAt: string;
  /** When the hub was last asked, and why that failed, if it did. */
  triedAt: string;
  failure?: Failure;
}

/** What the lead index has besides its entries. */
export interface IndexHead {
  keyId: string;
  key: Uint8Array<ArrayBuffer>;
  cursor: number;
}

interface Schema extends DBSchema {
  contexts: { key: string; value: CachedContext; indexes: { receivedAt: string; personId: string } };
  outbox: { key: string; value: OutboxEntry; indexes: { savedAt: string } };
  receipts: { key: string; value: Receipt; indexes: { deliveredAt: string } };
  single: { key: 'lead-index' | 'agreement'; value: IndexHead | Agreement };
  'index-parts': { key: number; value: HashPart };
}

const NAME = 'tandem';
let opened: Promise<IDBPDatabase<Schema>> | undefined;

/** The extension's own database; opened once per wake of the background. */
export function database(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>(NAME, 3, {
    upgrade(db, oldVersion, _newVersion, transaction) {
      if (oldVersion === 0) {
        db.createObjectStore('outbox', { keyPath: 'id' }).createIndex('savedAt', 'savedAt');
        db.createObjectStore('receipts', { keyPath: 'id' }).createIndex('deliveredAt', 'deliveredAt');
        db.createObjectStore('single');
      } else {
        // Copies of what the hub knows, in an older shape: they are fetched again. Clicks stay.
        db.deleteObjectStore('contexts');
        void transaction.objectStore('single').clear();
      }
      db.createObjectStore('index-parts');
      const contexts = db.createObjectStore('contexts', { keyPath: 'text' });
      contexts.createIndex('receivedAt', 'receivedAt');
      contexts.createIndex('personId', 'personId');
    },
    // Another version of the extension wants to upgrade, or the browser closed us: open anew next time.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    terminated: () => (opened = undefined),
  });
  return opened;
}

/** Forgets everything about leads on this machine. What is still to be delivered stays. */
export async function clearLeadData(): Promise<void> {
  const db = await database();
  await Promise.all([
    db.clear('contexts'),
    db.clear('single'),
    db.clear('index-parts'),
    db.clear('receipts'),
  ]);
}

/** Whether there is anything to open: to ask the database itself would make one. */
export const hasDatabase = async (): Promise<boolean> =>
  (await indexedDB.databases()).some(({ name }) => name === NAME);

/** Deletes every database of the extension, whatever version has made it. */
export async function deleteDatabases(): Promise<void> {
  (await opened)?.close();
  opened = undefined;
  for (const { name } of await indexedDB.databases()) if (name !== undefined) await deleteDB(name);
}
