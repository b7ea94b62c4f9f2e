import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { pipeline as finishPipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { DumpError, type DumpItem } from './dump-format.ts';

/** Writes a dump as gzipped lines of JSON, readable by its owner alone. The file is there once it is whole. */
export async function writeDumpFile(file: string, items: AsyncIterable<DumpItem>): Promise<void> {
  const unfinished = `${file}.part`;
  try {
    await finishPipeline(
      Readable.from(linesOf(items)),
      createGzip({ level: 5 }),
      createWriteStream(unfinished, { mode: 0o600, flush: true }),
    );
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

async function* linesOf(items: AsyncIterable<DumpItem>): AsyncGenerator<string> {
  for await (const item of items) yield `${JSON.stringify(item)}\n`;
}

/**
 * Reads what `writeDumpFile` wrote.
 *
 * @throws DumpError when it is no such file, or damaged.
 */
export async function* readDumpFile(file: string): AsyncGenerator<DumpItem> {
  const plain = createGunzip();
  // Its failures come out of what is read below.
  pipeline(createReadStream(file), plain, () => undefined);
  let isFirst = true;
  try {
    for await (const line of splitLines(plain)) {
      const item = JSON.parse(line) as DumpItem;
      if (isFirst && !('tandem' in item)) throw new Error('It is no dump.');
      isFirst = false;
      yield item;
    }
    if (isFirst) throw new Error('It is empty.');
  } catch (cause) {
    if (cause instanceof DumpError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DumpError(`${file} is no dump of a hub, or is damaged (${reason}). Nothing was written.`, {
      cause,
    });
  }
}

async function* splitLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
