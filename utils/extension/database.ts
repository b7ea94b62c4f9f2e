import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Agreement } from '../contract/agreement.ts';
import type { LeadContext } from '../contract/lead-context.ts';
import type { Failure } from './failure.ts';
import type { OutboxEntry, Receipt } from './outbox-entry.ts';

/** A look-up's last answer. `email` is the normalised address that was asked for. */
export interface CachedContext {
  email: string;
  personId: string;
  context: LeadContext;
  receivedAt: string;
  /** When the hub was last asked, and why that failed, if it did. */
  triedAt: string;
  failure?: Failure;
}

/** The lead index as it is used: `ENTRY_BYTES` per lead, ascending by hash. */
export interface StoredIndex {
  keyId: string;
  key: Uint8Array<ArrayBuffer>;
  cursor: number;
  entries: Uint8Array<ArrayBuffer>;
}

interface Schema extends DBSchema {
  contexts: { key: string; value: CachedContext; indexes: { receivedAt: string; personId: string } };
  outbox: { key: string; value: OutboxEntry; indexes: { savedAt: string } };
  receipts: { key: string; value: Receipt; indexes: { deliveredAt: string } };
  single: { key: 'lead-index' | 'agreement'; value: StoredIndex | Agreement };
}

let opened: Promise<IDBPDatabase<Schema>> | undefined;

/** The extension's own database; opened once per wake of the background. */
export function database(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>('tandem', 2, {
    upgrade(db, oldVersion, _newVersion, transaction) {
      if (oldVersion === 1) {
        // Copies of what the hub knows, in an older shape: they are fetched again. Clicks stay.
        void transaction.objectStore('contexts').clear();
        void transaction.objectStore('single').delete('agreement');
        return;
      }
      const contexts = db.createObjectStore('contexts', { keyPath: 'email' });
      contexts.createIndex('receivedAt', 'receivedAt');
      contexts.createIndex('personId', 'personId');
      db.createObjectStore('outbox', { keyPath: 'id' }).createIndex('savedAt', 'savedAt');
      db.createObjectStore('receipts', { keyPath: 'id' }).createIndex('deliveredAt', 'deliveredAt');
      db.createObjectStore('single');
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
  await Promise.all([db.clear('contexts'), db.clear('single'), db.clear('receipts')]);
}
