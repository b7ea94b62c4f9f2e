import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { PGlite } from '@electric-sql/pglite';
import { openDurablePGlite } from './durable-node-fs.ts';
import { exchange } from './pglite-wire.ts';

/**
 * The thread that the database runs in, started by `openPGliteThread` with the folder as its data. It
 * says `ready`, answers each message with one, in order, and ends itself on `close`. Whatever goes wrong
 * in it other than an SQL error ends it: a PGlite that has thrown is in no state to go on.
 */
export type ToWorker = Uint8Array<ArrayBuffer> | 'close';
export type FromWorker = Uint8Array<ArrayBuffer> | 'ready';

const port = parentPort;
if (port === null) throw new Error('This file is the start of a thread.');
const say = (message: FromWorker, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

const pglite = await openDatabase(workerData as string);
let turn = Promise.resolve();
port.on('message', (message: ToWorker) => {
  turn = turn.then(() => handle(message));
});
say('ready');

async function handle(message: ToWorker): Promise<void> {
  if (message === 'close') {
    await pglite.close();
    port?.close();
    return;
  }
  const answer = await exchange(pglite, message).catch((reason: unknown) => {
    // What WebAssembly throws at its end is no Error, and would not come out of the thread legibly.
    throw new Error(String((reason as { message?: unknown }).message ?? reason), { cause: reason });
  });
  say(answer, [answer.buffer]);
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
