import { createHash } from 'node:crypto';

/**
 * A dump: what its lines say, each of them JSON. Rows are arrays of the columns' values as PostgreSQL writes them as
 * text, which it reads back exactly, whatever the type and whichever engine.
 */
export type DumpItem = DumpHeader | TableStart | (string | null)[] | TableEnd | DumpEnd;

export interface DumpHeader {
  tandem: 'dump';
  format: 1;
  /** Of the schema, in order. */
  migrations: string[];
  /** The only one whose rows are in it; null: all of them. */
  workspaceId: string | null;
  at: string;
}
export interface TableStart {
  table: string;
  columns: string[];
}
export interface TableEnd {
  end: string;
  rows: number;
  checksum: string;
}
/** Without it, something is missing. */
export interface DumpEnd {
  done: true;
  tables: number;
  rows: number;
}

/** The dump or the database cannot be used; the message says why, and what to do. */
export class DumpError extends Error {}

/** Of rows in any order: the sum of their hashes. Two databases need not keep them in the same one. */
export class Checksum {
  #sum = 0n;
  rows = 0;

  add(row: readonly (string | null)[]): void {
    const hash = createHash('sha256').update(JSON.stringify(row)).digest();
    this.#sum = BigInt.asUintN(128, this.#sum + (hash.readBigUInt64BE(0) << 64n) + hash.readBigUInt64BE(8));
    this.rows += 1;
  }

  toString(): string {
    return this.#sum.toString(16).padStart(32, '0');
  }
}
