import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HubProcess, startHub } from '../../demo/hub-process.ts';

/** Names the template to Playwright's workers, which inherit the environment. */
const TEMPLATE = 'TANDEM_TEST_TEMPLATE';

/**
 * Playwright's global setup: a folder of its own for the template, so that two runs at once do not pull it from
 * under each other. Returns what removes it.
 */
export default async function prepareTemplate(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-template-'));
  process.env[TEMPLATE] = folder;
  return () => rm(folder, { recursive: true, force: true });
}

/** One hub loads the sample once; each other starts from a copy of its data. */
export async function fillTemplate(): Promise<void> {
  const hub = await startHub({ PORT: '0', TANDEM_DATA: process.env[TEMPLATE]!, TANDEM_SAMPLE: '1' });
  await hub.stop();
}

export interface TestHub extends HubProcess {
  /** Starts it again on the same data and port, after `stop`. */
  restart(): Promise<void>;
  remove(): Promise<void>;
}

/** A hub of a test's own, with the sample workspace. */
export async function startTestHub(): Promise<TestHub> {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-hub-'));
  await cp(process.env[TEMPLATE]!, folder, { recursive: true });
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
