import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openPGliteThread } from './pglite-thread.ts';
import type { PGliteWire } from './pglite-wire.ts';

const SQLITE_BUSY = 5;

/** The folder cannot be used; the message says which, why, and what to do. */
export class DataFolderError extends Error {}

export interface DataFolder {
  wire: PGliteWire;
  /** Ends the database and lets others use the folder. */
  close: () => Promise<void>;
  /** Resolves when the database has ended by itself: nothing more can be read or stored. */
  died: Promise<DataFolderError>;
}

/**
 * Opens the database in a folder for this process alone, making the folder when it is not there.
 * PGlite takes no lock, and a second process would lose the first one's writes.
 *
 * @throws DataFolderError when another hub uses the folder, or it cannot be written or read.
 */
export async function openDataFolder(path: string): Promise<DataFolder> {
  const folder = resolve(path);
  const release = lock(folder);
  try {
    const thread = await openPGliteThread(folder);
    const close = async () => {
      await thread.close();
      release();
    };
    return { wire: thread, close, died: thread.died.then((cause) => diedError(folder, cause)) };
  } catch (cause) {
    release();
    throw new DataFolderError(
      `The database in ${folder} cannot be opened. Nothing in it was removed. Restore the folder from a ` +
        'backup, or set TANDEM_DATA to an empty folder to start anew.',
      { cause },
    );
  }
}

function diedError(folder: string, cause: Error): DataFolderError {
  return new DataFolderError(
    `The database in ${folder} has ended by itself (${cause.message}). What was acknowledged is stored. ` +
      'Start the hub again; should it end again, give it more memory.',
    { cause },
  );
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
