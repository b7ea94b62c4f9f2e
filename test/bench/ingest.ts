import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import { openDataFolder } from '../../server/store/data-folder.ts';
import { createEmbeddedStore } from '../../server/store/embedded-store.ts';
import { transact } from '../../server/store/transact.ts';
import { storeTouchpoints } from '../../server/store/touchpoints.ts';
import { ACTIVE, emailOf, WORKSPACE } from './lead-data.ts';
import { leadFolder, withLeads } from './lead-folder.ts';
import { round, summary } from './statistics.ts';

const BATCH = 1_000;
const BATCHES = 20;

/** Touchpoints stored a second into a copy of the million: found, kept, committed, and their people marked due. */
export async function benchIngest() {
  const folder = await leadFolder();
  await withLeads(folder, () => Promise.resolve());
  const copy = await mkdtemp(join(tmpdir(), 'tandem-bench-'));
  await cp(join(folder, 'postgres'), join(copy, 'postgres'), { recursive: true });
  const data = await openDataFolder(copy);
  const db = createEmbeddedStore(data).owner;
  const store = async (number: number) => {
    const now = new Date();
    const touchpoints = Array.from({ length: BATCH }, (_, index) => touchpoint(number * BATCH + index, now));
    const start = performance.now();
    await transact(db, WORKSPACE, now, (tx) => storeTouchpoints(tx, WORKSPACE, touchpoints, now));
    return performance.now() - start;
  };
  const times: number[] = [];
  for (let number = 0; number < BATCHES; number++) times.push(await store(number));
  await data.close();
  await rm(copy, { recursive: true, force: true });
  const { median, p95 } = summary(times);
  return [
    {
      what: `touchpoints by ${BATCH}, on PGlite`,
      'per second': Math.round((BATCH / median) * 1_000),
      'median ms': round(median, 0),
      'p95 ms': round(p95, 0),
    },
  ];
}

function touchpoint(n: number, now: Date) {
  return {
    id: uuid(),
    person: { email: emailOf((n * 7_919) % ACTIVE) },
    kind: n % 2 === 0 ? ('page.visited' as const) : ('email.opened' as const),
    channel: 'web' as const,
    direction: 'inbound' as const,
    title: `What happened at number ${n}`,
    occurredAt: now.toISOString(),
    machine: false,
    source: 'bench',
    sourceId: `new ${n}`,
  };
}
