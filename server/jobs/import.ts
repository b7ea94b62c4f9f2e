import {
  claimImport,
  clearImport,
  deleteImport,
  type ImportRecord,
  oldImports,
  saveImport,
} from '../imports/import-records.ts';
import { UnreadableFileError } from '../imports/parse-rows.ts';
import { readNextPart } from '../imports/read-next-part.ts';
import { runNextChunk } from '../imports/run-next-chunk.ts';
import type { Database } from '../store/database.ts';
import { transact } from '../store/transact.ts';

const RETRY_AFTER_MS = 5_000;
const MAX_ATTEMPTS = 10;
const DAY_MS = 24 * 60 * 60_000;
const UNFINISHED_DAYS = 7;
const FINISHED_DAYS = 90;

/**
 * Does the next step of an import: reads a part of its file, or checks or stores some of its rows. The step and
 * how far the import is are one transaction, so that a hub that dies loses and doubles nothing.
 *
 * @returns whether there was one; call it again then.
 */
export async function importNext(db: Database, workspaceId: string, now: Date): Promise<boolean> {
  let claimed: ImportRecord | null = null;
  try {
    return await transact(db, workspaceId, now, async (tx) => {
      claimed = await claimImport(tx, workspaceId, now);
      if (!claimed) return false;
      const step = claimed.state === 'reading' ? readNextPart : runNextChunk;
      await step(tx, workspaceId, claimed, now);
      return true;
    });
  } catch (error) {
    if (claimed !== null) {
      const ended = await afterFailure(db, workspaceId, claimed, { error, now }).catch(() => false);
      if (ended) return true;
    }
    throw error;
  }
}

/** Ends the import of a file that cannot be read; anything else is tried again later, but not for ever. */
async function afterFailure(
  db: Database,
  workspaceId: string,
  { id, attempts }: ImportRecord,
  { error, now }: { error: unknown; now: Date },
): Promise<boolean> {
  return transact(db, workspaceId, now, async (tx) => {
    if (error instanceof UnreadableFileError) {
      // What was read before stands for nothing now.
      await clearImport(tx, workspaceId, id, ['import_chunks']);
      await saveImport(tx, workspaceId, id, {
        state: 'failed',
        failure: error.failure,
        chunks: 0,
        dueAt: null,
      });
      return true;
    }
    const gaveUp = attempts + 1 >= MAX_ATTEMPTS;
    const dueAt = new Date(now.getTime() + RETRY_AFTER_MS * (attempts + 1)).toISOString();
    await saveImport(tx, workspaceId, id, {
      attempts: attempts + 1,
      dueAt: gaveUp ? null : dueAt,
      ...(gaveUp && { state: 'failed', failure: { reason: 'internal' } }),
    });
    return false;
  });
}

/** Forgets files that somebody has left lying about, and imports long done. */
export async function forgetOldImports(db: Database, workspaceId: string, now: Date): Promise<void> {
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const ids = await oldImports(db, workspaceId, {
    unfinished: before(UNFINISHED_DAYS),
    finished: before(FINISHED_DAYS),
  });
  for (const id of ids) await transact(db, workspaceId, now, (tx) => deleteImport(tx, workspaceId, id));
}
