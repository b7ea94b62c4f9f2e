import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { importNext } from '../../server/jobs/import.ts';
import { vacuum } from '../../server/jobs/vacuum.ts';
import { importsOf } from './support/import-file.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
/** The acceptance is 100,000, which takes minutes on a machine that is busy with other tests. */
const ROWS = Number(process.env.TANDEM_IMPORT_ROWS ?? 12_000);
const BAD_EVERY = 100;
const MB = 1024 * 1024;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** One row in a hundred has no usable address. */
function* lines() {
  yield 'Email;Vorname;Nachname;Firma;Position;Land\n';
  for (let n = 2; n <= ROWS + 1; n++) {
    const email = n % BAD_EVERY === 0 ? `person ${n}` : `person.${n}@firma${n % 997}.example`;
    yield `${email};Vor ${n};"Nach; ${n}";Firma ${n % 997} GmbH;Leitung;Deutschland\n`;
  }
}

test(
  'a large file goes in with flat memory: exactly the bad rows are named, and twice changes nothing',
  { timeout: 1_800_000 },
  async () => {
    const { hub, as, marketer } = await hubs.open();
    const { workspaceId } = hub;
    const { begin, upload, read, problems, jobs } = importsOf(hub, await as(marketer));
    const content = Buffer.from([...lines()].join(''));
    const count = async () => {
      const { rows } = await sql<{ n: number }>`
        select count(*)::int as n from people p where p.workspace_id = ${workspaceId}`.execute(hubs.db);
      return rows[0]?.n ?? 0;
    };
    const before = await count();

    const id = await upload('people', content);
    const heap: number[] = [];
    let steps = 0;
    const watched = async () => {
      while (await importNext(hub.databaseOf(workspaceId), workspaceId, hub.clock())) {
        steps += 1;
        if (steps % 10 !== 0) continue;
        // As the hub does besides, where the database does not do it by itself.
        while (await vacuum(hubs.db));
        collectGarbage();
        heap.push(process.memoryUsage().heapUsed);
      }
    };
    await watched();
    expect(await read(id)).toMatchObject({ state: 'ready', rows: ROWS });
    await begin(id);
    await watched();
    const good = ROWS - ROWS / BAD_EVERY;
    expect(await read(id)).toMatchObject({
      state: 'done',
      done: ROWS,
      added: good,
      updated: 0,
      bad: ROWS / BAD_EVERY,
    });
    expect(await count()).toBe(before + good);
    const named = await problems(id);
    expect(named).toEqual(
      Array.from({ length: ROWS / BAD_EVERY }, (_, index) => ({
        row: (index + 1) * BAD_EVERY,
        column: 'Email',
        reason: 'bad-email',
      })),
    );
    // After the first tenth nothing is kept of what has been done.
    const [first = 0] = heap.slice(1);
    expect((Math.max(...heap.slice(1)) - first) / MB).toBeLessThan(15);

    const again = await upload('people', content);
    await jobs();
    await begin(again);
    await jobs();
    expect(await read(again)).toMatchObject({
      state: 'done',
      added: 0,
      updated: 0,
      unchanged: good,
      bad: ROWS / BAD_EVERY,
    });
    expect(await count()).toBe(before + good);
  },
);
