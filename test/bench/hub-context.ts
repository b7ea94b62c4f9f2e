import { contextQuery, readContexts } from '../../server/store/contexts.ts';
import { askedText } from '../../server/store/find-people.ts';
import type { Database } from '../../server/store/database.ts';
import { createPostgresStore } from '../../server/store/postgres-store.ts';
import { type Post, withBareRoute, withHub } from './ask.ts';
import { activeOf, emailOf, MILLION, type Size, TEN_MILLION, WORKSPACE } from './lead-data.ts';
import { leadFolder, withLeads } from './lead-folder.ts';
import { type Load, load } from './load.ts';
import { pgbench, runPgbench } from './pgbench.ts';
import type { RealPostgres } from './real-postgres.ts';
import { round, summary } from './statistics.ts';

const ROUNDS = 3;
const CONNECTIONS = [1, 32];
/** The hub has as many to the database. */
const BACKENDS = 10;

/** One lead after the other without a pattern; each comes again only after all others. */
const emailFor = (size: Size, n: number) => emailOf((n * 7_919) % activeOf(size));
const asking = (post: Post, size: Size) => (n: number) =>
  post('/v1/context', JSON.stringify({ queries: [{ email: emailFor(size, n) }] }));

/**
 * One lead's context: the hub's answer, and beside it the same SQL by pgbench, a route that does nothing, and the hub
 * on PGlite. Whoever asks shares the machine, so ratios mean more than figures.
 */
export async function benchHubContext(postgres: RealPostgres | null) {
  const folder = await leadFolder('embedded');
  await withLeads(folder, () => Promise.resolve());
  const urls = await Promise.all(
    [MILLION, TEN_MILLION].map(async (size) => ({ size, url: (await postgres?.leads(size)) ?? null })),
  );
  const found: Record<string, Load[]> = {};
  const measure = async (what: string, ask: (n: number) => Promise<unknown>) => {
    for (const connections of CONNECTIONS) {
      (found[`${what} ${connections}`] ??= []).push(await load(ask, connections));
    }
  };
  const bytes = await withHub({ TANDEM_DATA: folder }, (post) => asking(post, MILLION)(0));
  for (let turn = 0; turn < ROUNDS; turn++) {
    await withBareRoute(bytes, (post) => measure('a bare Hono route', asking(post, MILLION)));
    await withHub({ TANDEM_DATA: folder }, (post) =>
      measure('hub on PGlite, 1 million', asking(post, MILLION)),
    );
    for (const { size, url } of urls) {
      if (url === null) continue;
      const millions = `${size.touchpoints / 1_000_000} million`;
      await withHub({ DATABASE_URL: url }, (post) =>
        measure(`hub on PostgreSQL, ${millions}`, asking(post, size)),
      );
      for (const connections of CONNECTIONS) {
        const result = await sameSql(url, size, Math.min(connections, BACKENDS));
        (found[`${SAME_SQL}, ${millions} ${connections}`] ??= []).push(result);
      }
    }
  }
  return Object.entries(found).map(([name, loads]) => {
    const median = (figure: keyof Load) => summary(loads.map((one) => one[figure])).median;
    const connections = Number(name.split(' ').at(-1));
    return {
      what: name.slice(0, name.lastIndexOf(' ')),
      connections,
      'per second': Math.round(median('per second')),
      'p50 ms': round(median('p50 ms')),
      'p99 ms': round(median('p99 ms')),
    };
  });
}

const SAME_SQL =
  pgbench === undefined ? 'the same SQL by our driver (no pgbench here)' : 'the same SQL by pgbench';

async function sameSql(url: string, size: Size, connections: number): Promise<Load> {
  const store = createPostgresStore({ url });
  const db = store.in(WORKSPACE);
  try {
    if (pgbench === undefined) return await load((n) => lookUp(db, size, n), connections);
    const tps = await runPgbench(url, {
      query: asScript(db),
      choices: activeOf(size),
      connections,
      seconds: 6,
    });
    const mean = (connections / tps) * 1_000;
    return { 'per second': tps, 'p50 ms': mean, 'p99 ms': NaN };
  } finally {
    await store.close();
  }
}

async function lookUp(db: Database, size: Size, n: number): Promise<void> {
  const { contexts: text } = await readContexts(db, WORKSPACE, [{ email: emailFor(size, n) }], new Date());
  if (text === '[null]') throw new Error('The lead was not found.');
}

/** The hub's own text with its values in it; who is asked for is made from `:n`. */
function asScript(db: Database): string {
  const { sql: text, parameters } = contextQuery.compile(db, {
    workspaceId: WORKSPACE,
    asked: askedText([{ email: 'somebody@example.com' }]),
    now: new Date().toISOString(),
  });
  const email = `'person' || :n || '@firm' || :n % 5000 || '.example'`;
  const asked = `json_build_array(json_build_object('ord', 0, 'email', ${email}, 'without_tag', ${email}))::text`;
  return text.replaceAll(/\$(\d+)/g, (_, place: string) => {
    const value = parameters[Number(place) - 1];
    return typeof value === 'string' && value.startsWith('[{"ord"') ? asked : `'${String(value)}'`;
  });
}
