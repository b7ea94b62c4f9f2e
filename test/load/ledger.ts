import type { LoadRequest } from './load-client.ts';

/** A write that the hub has answered for good, and with what. */
export interface AnsweredWrite {
  request: LoadRequest & { key: string };
  status: number;
  body: unknown;
}

/** What the clients were told, written down apart from the hub: at the end its database must say the same. */
export class Ledger {
  readonly writes: AnsweredWrite[] = [];
  /** By the table it makes a row in: ids of acknowledged rows. */
  readonly #stored = new Map<string, Set<string>>();
  readonly #refused = new Map<string, Set<string>>();
  /** By address of the person: source ids of touchpoints. */
  readonly touches = new Map<string, Set<string>>();
  /** What the answers to batches say was new. */
  touchpointsStored = 0;
  peopleStored = 0;

  note(write: AnsweredWrite, table: string, ids: readonly string[]): void {
    this.writes.push(write);
    const book = write.status < 300 ? this.#stored : this.#refused;
    const known = book.get(table) ?? new Set();
    book.set(table, known);
    for (const id of ids) known.add(id);
  }

  noteTouch(email: string, sourceId: string): void {
    this.touches.set(email, (this.touches.get(email) ?? new Set()).add(sourceId));
  }

  stored = (table: string): Set<string> => this.#stored.get(table) ?? new Set();
  refused = (table: string): Set<string> => this.#refused.get(table) ?? new Set();
}
