import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { PGlite } from '@electric-sql/pglite';
import { openDurablePGlite } from './durable-node-fs.ts';

const SQLITE_BUSY = 5;

/** The folder cannot be used; the message says which, why, and what to do. */
export class DataFolderError extends Error {}

/**
 * Opens the database in a folder for this process alone, making the folder when it is not there.
 * PGlite takes no lock, and a second process would lose the first one's writes. `close` ends both.
 *
 * @throws DataFolderError when another hub uses the folder, or it cannot be written or read.
 */
export async function openDataFolder(path: string): Promise<{ pglite: PGlite; close: () => Promise<void> }> {
  const folder = resolve(path);
  const release = lock(folder);
  try {
    const pglite = await openDatabase(folder);
    const close = async () => {
      if (!pglite.closed) await pglite.close();
      release();
    };
    return { pglite, close };
  } catch (cause) {
    release();
    throw new DataFolderError(
      `The database in ${folder} cannot be opened. Nothing in it was removed. Restore the folder from a ` +
        'backup, or set TANDEM_DATA to an empty folder to start anew.',
      { cause },
    );
  }
}

/** A first start that is cut short must leave nothing that looks like a database, hence the other name. */
async function openDatabase(folder: string): Promise<PGlite> {
  const path = join(folder, 'postgres');
  if (!existsSync(path)) {
    const unfinished = join(folder, 'unfinished');
    rmSync(unfinished, { recursive: true, force: true });
    const fresh = await openDurablePGlite(unfinished);
    await fresh.close();
    renameSync(unfinished, path);
  }
  return openDurablePGlite(path);
}

/**
 * SQLite is here for its file locks alone: the operating system releases them when the process dies,
 * they work on Linux, macOS and Windows, and between containers that share a folder.
 */
function lock(folder: string): () => void {
  let file: DatabaseSync | undefined;
  try {
    mkdirSync(folder, { recursive: true });
    file = new DatabaseSync(join(folder, 'lock'));
    file.exec('pragma locking_mode = exclusive; begin exclusive');
    const held = file;
    return () => held.close();
  } catch (cause) {
    file?.close();
    const busy = cause instanceof Error && 'errcode' in cause && cause.errcode === SQLITE_BUSY;
    throw new DataFolderError(
      busy
        ? `Another hub is using the folder ${folder}. Stop it, or set TANDEM_DATA to another folder.`
        : `The folder ${folder} cannot be written. Make it writable for this user, or set TANDEM_DATA to another folder.`,
      { cause },
    );
  }
}
