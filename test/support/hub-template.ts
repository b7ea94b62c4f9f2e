import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HubProcess, startHub } from '../../demo/hub-process.ts';

const TEMPLATE = join(import.meta.dirname, '../../.tandem/test-template');

/** Playwright's global setup: one hub loads the sample once; each test starts from a copy of its data. */
export default async function prepareTemplate(): Promise<void> {
  await rm(TEMPLATE, { recursive: true, force: true });
  const hub = await startHub({ PORT: '0', TANDEM_DATA: TEMPLATE, TANDEM_SAMPLE: '1' });
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
  await cp(TEMPLATE, folder, { recursive: true });
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
