import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import { createPostgresStore } from '../../server/store/postgres-store.ts';
import { transact } from '../../server/store/transact.ts';
import { storeTouchpoints } from '../../server/store/touchpoints.ts';
import type { TouchpointBatch } from '../../utils/contract/ingest.ts';
import { type Post, withBareRoute, withHub } from './ask.ts';
import { emailOf, MILLION, WORKSPACE } from './lead-data.ts';
import { leadFolder, withLeads } from './lead-folder.ts';
import type { RealPostgres } from './real-postgres.ts';
import { summary } from './statistics.ts';

const BATCH = 1_000;
const BATCHES = 40;
const ROUNDS = 3;
/** Enough to keep both cores busy. */
const CONNECTIONS = 4;

/** Touchpoints sent by the thousand to a workspace that has a million: how many are stored a second. */
export async function benchIngest(postgres: RealPostgres | null) {
  const folder = await leadFolder('embedded');
  await withLeads(folder, () => Promise.resolve());
  const copy = await mkdtemp(join(tmpdir(), 'tandem-bench-'));
  await cp(join(folder, 'postgres'), join(copy, 'postgres'), { recursive: true });
  const url = await postgres?.leads(MILLION);
  const found = new Map<string, number[]>();
  const measure = async (what: string, connections: number, send: (body: string) => Promise<unknown>) => {
    await perSecond(send, connections, 5);
    const figure = await perSecond(send, connections, BATCHES);
    found.set(`${what}, ${connections} at once`, [
      ...(found.get(`${what}, ${connections} at once`) ?? []),
      figure,
    ]);
  };
  const sending = (post: Post) => (body: string) => post('/v1/touchpoints', body);
  for (let turn = 0; turn < ROUNDS; turn++) {
    await withBareRoute(50, (post) => measure('a bare Hono route', CONNECTIONS, sending(post)));
    if (url !== undefined) {
      for (const connections of [1, CONNECTIONS]) {
        await withHub({ DATABASE_URL: url }, (post) =>
          measure('hub on PostgreSQL', connections, sending(post)),
        );
        await withoutHub(url, (send) => measure('the same SQL by our driver', connections, send));
      }
    }
    await withHub({ TANDEM_DATA: copy }, (post) => measure('hub on PGlite', 1, sending(post)));
  }
  await rm(copy, { recursive: true, force: true });
  return [...found].map(([what, figures]) => ({
    what,
    'touchpoints per second': Math.round(summary(figures).median),
  }));
}

async function withoutHub(
  url: string,
  work: (send: (body: string) => Promise<unknown>) => Promise<void>,
): Promise<void> {
  const store = createPostgresStore({ url });
  const db = store.in(WORKSPACE);
  await work((body) => {
    const { touchpoints } = JSON.parse(body) as TouchpointBatch;
    const now = new Date();
    return transact(db, WORKSPACE, now, (tx) => storeTouchpoints(tx, WORKSPACE, touchpoints, now));
  });
  await store.close();
}

async function perSecond(
  send: (body: string) => Promise<unknown>,
  connections: number,
  batches: number,
): Promise<number> {
  // Made before: whoever sends them shares the machine with whoever stores them.
  const bodies = Array.from({ length: batches }, makeBatch);
  const start = performance.now();
  const side = async () => {
    for (let body = bodies.pop(); body !== undefined; body = bodies.pop()) await send(body);
  };
  await Promise.all(Array.from({ length: connections }, side));
  return (batches * BATCH * 1_000) / (performance.now() - start);
}

let next = 0;

function makeBatch(): string {
  const now = new Date().toISOString();
  const run = uuid();
  const touchpoints = Array.from({ length: BATCH }, () => {
    const n = next++;
    return {
      id: uuid(),
      person: { email: emailOf((n * 7_919) % MILLION.people) },
      kind: n % 2 === 0 ? ('page.visited' as const) : ('email.opened' as const),
      channel: 'web' as const,
      direction: 'inbound' as const,
      title: `What happened at number ${n}`,
      occurredAt: now,
      machine: false,
      source: 'bench',
      sourceId: `${run} ${n}`,
      campaign: { id: campaignId(n % 50), name: `Autumn campaign ${n % 50}`, kind: 'mail' as const },
    };
  });
  return JSON.stringify({ touchpoints } satisfies TouchpointBatch);
}

const campaignId = (number: number) => `0193b2a4-0000-7000-8000-${String(number).padStart(12, '0')}`;
