import { expect, test } from 'vitest';
import { NoPrimaryError } from '../../server/store/connection-failure.ts';
import { type PoolSettings, PrimaryPool } from '../../server/store/primary-pool.ts';
import { serverUrl } from './support/test-database.ts';

const url = serverUrl() ?? '';

/** Holds the only connection so long, and asks for another one meanwhile. */
async function askWhileBusy(seconds: number, settings: PoolSettings = {}) {
  const pool = new PrimaryPool(url, { connections: 1, ...settings });
  const busy = await pool.connect();
  const asked = pool.connect().then(
    (client) => {
      pool.release(client, 'sound');
      return 'answered';
    },
    (error: unknown) => error,
  );
  await busy.query(`select pg_sleep(${seconds})`);
  pool.release(busy, 'sound');
  const outcome = await asked;
  await pool.close();
  return outcome;
}

test.skipIf(url === '')(
  'who finds every connection busy waits longer than for a server that is gone',
  async () => {
    expect(await askWhileBusy(3)).toBe('answered');
  },
);

test.skipIf(url === '')(
  'who waits in vain is told that the database cannot be reached, not of a bug',
  async () => {
    expect(await askWhileBusy(1, { patience: 300 })).toBeInstanceOf(NoPrimaryError);
  },
);

test.skipIf(url === '')('who waits for a connection of a server that is lost gets another one', async () => {
  const pool = new PrimaryPool(url, { connections: 1, patience: 5_000 });
  const busy = await pool.connect();
  const asked = pool.connect();
  const broken = busy.query('select pg_terminate_backend(pg_backend_pid())').catch(() => 'broken');
  const client = await asked;
  expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  expect(await broken).toBe('broken');
  pool.release(busy, 'broken');
  pool.release(client, 'sound');
  await pool.close();
});
