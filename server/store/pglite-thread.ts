import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { PGliteWire } from './pglite-wire.ts';
import type { FromWorker, ToWorker } from './pglite-worker.ts';

export interface PGliteThread extends PGliteWire {
  /** Resolves, with the reason, when the database has ended without being told to. */
  died: Promise<Error>;
}

/**
 * Opens the database in a folder, in a thread of its own: a long query then holds up other queries, but
 * not the hub's other work. Rejects when it cannot be opened.
 */
export async function openPGliteThread(folder: string): Promise<PGliteThread> {
  const worker = new Worker(new URL('pglite-worker.ts', import.meta.url), { workerData: folder });
  const waiting: PromiseWithResolvers<Uint8Array<ArrayBuffer>>[] = [];
  const { promise: died, resolve: die } = Promise.withResolvers<Error>();
  let gone: Error | undefined;
  let closing = false;
  const end = (reason: Error) => {
    gone ??= reason;
    if (!closing) die(gone);
    for (const { reject } of waiting.splice(0)) reject(gone);
  };

  await once(worker, 'message');
  worker.on('message', (answer: Exclude<FromWorker, 'ready'>) => waiting.shift()?.resolve(answer));
  worker.on('error', (error) => end(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', () => end(new Error('The thread of the database has ended.')));

  const post = (message: ToWorker, transfer: ArrayBuffer[] = []) => worker.postMessage(message, transfer);
  return {
    died,
    send: (message) => {
      if (gone) return Promise.reject(gone);
      const answer = Promise.withResolvers<Uint8Array<ArrayBuffer>>();
      waiting.push(answer);
      post(message, [message.buffer]);
      return answer.promise;
    },
    close: async () => {
      if (gone || closing) return;
      closing = true;
      const exited = once(worker, 'exit');
      post('close');
      await exited;
    },
  };
}
