import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rename, rm, watch, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HubProcess, startHub } from '../../demo/hub-process.ts';

/** Names the template's folder to Playwright's workers, which inherit the environment. */
const TEMPLATE = 'TANDEM_TEST_TEMPLATE';
const ready = (folder: string) => join(folder, 'ready');
const failed = (folder: string) => join(folder, 'failed');

/**
 * Playwright's global setup: one hub loads the sample once, and each other starts from a copy of its data. That
 * takes half a minute, in which tests without a hub run already. The folder is this run's own, so that two at
 * once do not pull it from under each other. Returns what removes it.
 */
export default async function prepareTemplate(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-template-'));
  process.env[TEMPLATE] = folder;
  const filled = fill(folder).catch((error: unknown) => writeFile(failed(folder), String(error)));
  return async () => {
    await filled;
    await rm(folder, { recursive: true, force: true });
  };
}

async function fill(folder: string): Promise<void> {
  const filling = join(folder, 'filling');
  const hub = await startHub({ PORT: '0', TANDEM_DATA: filling, TANDEM_SAMPLE: '1' });
  await hub.stop();
  await rename(filling, ready(folder));
}

/** The folder with the sample, once it is there. */
async function template(): Promise<string> {
  const folder = process.env[TEMPLATE]!;
  const stop = new AbortController();
  // Watched before it is looked for: nothing can come in between.
  const changes = watch(folder, { signal: stop.signal });
  try {
    for (;;) {
      if (existsSync(ready(folder))) return ready(folder);
      if (existsSync(failed(folder))) throw new Error(await readFile(failed(folder), 'utf8'));
      await changes.next();
    }
  } finally {
    stop.abort();
  }
}

export interface TestHub extends HubProcess {
  /** Starts it again on the same data and port, after `stop`. */
  restart(): Promise<void>;
  remove(): Promise<void>;
}

/** A hub of a test's own, with the sample workspace. */
export async function startTestHub(): Promise<TestHub> {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-hub-'));
  await cp(await template(), folder, { recursive: true });
  let running = await startHub({ PORT: '0', TANDEM_DATA: folder });
  const { url, signInCode } = running;
  return {
    url,
    signInCode,
    nextSignInCode: () => running.nextSignInCode(),
    stop: (signal) => running.stop(signal),
    restart: async () => {
      running = await startHub({ PORT: new URL(url).port, TANDEM_DATA: folder });
    },
    remove: async () => {
      await running.stop('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
