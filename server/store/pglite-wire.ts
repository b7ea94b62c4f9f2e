import type { PGlite } from '@electric-sql/pglite';

/**
 * One session of PostgreSQL: takes bytes of its protocol (each a whole number of messages that ends in
 * a Sync or is a simple query) and gives the bytes of its answers, in the order they were sent.
 */
export interface PGliteWire {
  send(message: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
  close(): Promise<void>;
}

/** The session of a PGlite in this thread: while it works, nothing else here does. */
export function createWire(pglite: PGlite): PGliteWire {
  return {
    send: (message) => exchange(pglite, message),
    close: async () => {
      if (!pglite.closed) await pglite.close();
    },
  };
}

/** PGlite's own way would parse the answers a first time and keep a megabyte for each. */
export async function exchange(
  pglite: PGlite,
  message: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  // PGlite shows a view into its memory, which it will write over.
  const onRawData = (chunk: Uint8Array) => void chunks.push(chunk.slice());
  await pglite.execProtocolRawStream(message, { syncToFs: false, onRawData });
  return joinBytes(chunks);
}

/** In an array of their own, which can be handed to another thread without a copy. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
