import { loadOnEmbedded, loadOnPostgres, loadWithFailover } from './load-on.ts';
import { startPostgresPair } from './postgres-pair.ts';

/** `npm run test:load [-- embedded postgres failover]`: 200 users for a minute, and what becomes of their work. */
const FULL = { users: 200, seconds: 60, people: 1_000, pauseMs: 2_000 };

const scenarios = {
  embedded: () => loadOnEmbedded(FULL),
  postgres: async () => {
    const pair = await startPostgresPair();
    return loadOnPostgres(FULL, pair.url).finally(() => pair.close());
  },
  failover: () => loadWithFailover(FULL),
};

const wanted = process.argv.slice(2);
for (const [name, run] of Object.entries(scenarios)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const { latencies, faults, ...figures } = await run();
  console.log(`\n${name}`, figures);
  console.table(latencies);
  if (faults.length > 0) process.exitCode = 1;
  for (const fault of faults) console.log(`FAULT ${fault}`);
}
process.exit();
