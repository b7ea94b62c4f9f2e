import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgresPair } from './postgres-pair.ts';
import { type LoadPlan, type LoadReport, runLoad } from './run-load.ts';

type Size = Pick<LoadPlan, 'users' | 'seconds' | 'people' | 'pauseMs'>;

/** How long nobody knows that the primary is gone, in milliseconds. */
const UNNOTICED_MS = 500;

/** One hub on its embedded database, killed three times. */
export async function loadOnEmbedded(size: Size): Promise<LoadReport> {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-load-'));
  try {
    return await runLoad({ ...size, hubs: 1, kills: 3, environment: { TANDEM_DATA: folder } });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Two hubs on a PostgreSQL server, killed in turn, three times altogether. */
export async function loadOnPostgres(size: Size, url: string): Promise<LoadReport> {
  return runLoad({ ...size, hubs: 2, kills: 3, environment: { DATABASE_URL: url } });
}

/** Two hubs on a primary that is killed, and the synchronous standby that takes over. */
export async function loadWithFailover(size: Size, { kills } = { kills: 0 }): Promise<LoadReport> {
  const pair = await startPostgresPair();
  const disturb = async () => {
    const from = performance.now();
    await pair.killPrimary();
    await sleep(UNNOTICED_MS);
    await pair.promote();
    return { from, to: performance.now() };
  };
  try {
    return await runLoad({ ...size, hubs: 2, kills, disturb, environment: { DATABASE_URL: pair.url } });
  } finally {
    await pair.close();
  }
}
