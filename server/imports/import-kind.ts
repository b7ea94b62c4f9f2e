import type { ImportMapping, ImportProblem } from '../../utils/contract/import.ts';
import type { WriteTransaction } from '../store/database.ts';
import type { RowReader } from './read-row.ts';

/** What rows become, and whose they are. */
export interface ImportContext {
  workspaceId: string;
  mapping: ImportMapping;
  /** When the import was made: the same in every run of it. */
  at: string;
}

export interface ReadRow<T> {
  row: number;
  value: T;
}

/** What became of rows. */
export interface Outcome {
  added: number;
  updated: number;
  unchanged: number;
  problems: ImportProblem[];
}

/** How files of one kind are read and stored. */
export interface KindOfImport<T> {
  /** What a row says; anything where the row has problems. */
  read(row: RowReader, context: ImportContext): T;
  /** Whom or what the row is about: a second row with one of these says the same again. */
  keys(value: T, context: ImportContext): string[];
  /** Stores rows that have no problem in themselves. */
  store(
    tx: WriteTransaction,
    context: ImportContext,
    rows: readonly ReadRow<T>[],
    now: Date,
  ): Promise<Outcome>;
}
