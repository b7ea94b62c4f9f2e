import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { startHub } from '../../demo/hub-process.ts';
import { readContexts } from '../../server/store/contexts.ts';
import type { Database } from '../../server/store/database.ts';
import { ACTIVE, emailOf, WORKSPACE } from './lead-data.ts';
import { leadFolder, withLeads } from './lead-folder.ts';
import { type Load, load } from './load.ts';
import { startPostgres } from './real-postgres.ts';
import { signIn } from './sign-in.ts';
import { round, summary } from './statistics.ts';

const ROUNDS = 3;
const CONNECTIONS = [1, 32];
const HUB = 'POST /v1/context, hub on PGlite';
const PGLITE = 'the same SQL on PGlite';
const POSTGRES = 'the same SQL on PostgreSQL';

type Ask = (n: number) => Promise<unknown>;

/** One lead after the other without a pattern; each comes again only after all others. */
const query = (n: number) => ({ email: emailOf((n * 7_919) % ACTIVE) });

/**
 * One lead's context out of 100,000 leads with a million touchpoints: the hub's answer, and beside it the
 * same SQL without the hub on PGlite and on PostgreSQL itself. The asking process shares the machine, so
 * ratios mean more than figures.
 */
export async function benchHubContext() {
  const folder = await leadFolder();
  const found: Record<string, Load[]> = {};
  const measure = async (what: string, ask: Ask) => {
    for (const connections of CONNECTIONS) {
      (found[`${what} ${connections}`] ??= []).push(await load(ask, connections));
    }
  };
  const postgres = await withLeads(folder, (db) => startPostgres(folder, db));
  for (let turn = 0; turn < ROUNDS; turn++) {
    await withLeads(folder, (db) => measure(PGLITE, lookUp(db)));
    if (postgres) await measure(POSTGRES, lookUp(postgres.db));
    await withHub(folder, (ask) => measure(HUB, ask));
  }
  await postgres?.stop();
  const row = (what: string, connections: number) => {
    const per = (name: string) =>
      median((found[`${name} ${connections}`] ?? []).map((one) => one['per second']));
    const figures = found[`${what} ${connections}`] ?? [];
    return {
      what,
      connections,
      'per second': per(what),
      'p50 ms': median(figures.map((one) => one['p50 ms'])),
      'p99 ms': median(figures.map((one) => one['p99 ms'])),
      '÷ PostgreSQL': postgres ? round(per(what) / per(POSTGRES)) : null,
    };
  };
  const names = postgres ? [HUB, PGLITE, POSTGRES] : [HUB, PGLITE];
  return CONNECTIONS.flatMap((connections) => names.map((what) => row(what, connections)));
}

const median = (values: readonly number[]) => summary(values).median;

const lookUp =
  (db: Database): Ask =>
  async (n) => {
    const { contexts: text } = await readContexts(db, WORKSPACE, [query(n)], new Date());
    if (text === '[null]') throw new Error('The lead was not found.');
  };

/** Everything is on: sign-in, limits, logs. */
async function withHub(folder: string, work: (ask: Ask) => Promise<void>): Promise<void> {
  const hub = await startHub({ PORT: '0', TANDEM_DATA: folder, TANDEM_REQUESTS_PER_MINUTE: '10000000' });
  const token = await signIn(hub);
  const agent = new Agent({ keepAlive: true });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  try {
    await work(async (n) => {
      const asking = request(`${hub.url}/v1/context`, { method: 'POST', agent, headers });
      asking.end(JSON.stringify({ queries: [query(n)] }));
      const [answer] = (await once(asking, 'response')) as [IncomingMessage];
      await once(answer.resume(), 'end');
      if (answer.statusCode !== 200) throw new Error(`The hub answered ${answer.statusCode}.`);
    });
  } finally {
    agent.destroy();
    await hub.stop();
  }
}
