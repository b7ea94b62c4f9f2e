import { sql } from 'kysely';
import { pino } from 'pino';
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { issueToken, readToken } from '../../server/auth/tokens.ts';
import { noteChanges } from '../../server/live/changes.ts';
import { listenOnPostgres } from '../../server/live/listen-on-postgres.ts';
import { createLive } from '../../server/live/live.ts';
import { createPostgresStore } from '../../server/store/postgres-store.ts';
import { transact } from '../../server/store/transact.ts';
import { type OpenStream, readEvents } from './support/read-events.ts';
import { databaseUrl, serverUrl } from './support/test-database.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
const silent = pino({ level: 'silent' });

/** Two processes' share of live on one database. */
async function open() {
  const hub = await hubs.open();
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(hubs.db);
  const url = databaseUrl(serverUrl()!, rows[0]!.name);
  const stores = [createPostgresStore({ url }), createPostgresStore({ url })] as const;
  const workspaceId = hub.workspace.id;
  const clock = hub.hub.clock;
  const lives = stores.map((store) =>
    createLive({ databaseOf: store.in, clock, logger: silent, listen: listenOnPostgres(url, silent) }),
  );
  const token = await issueToken(hubs.db, workspaceId, hub.rep.id, clock());
  const session = (await readToken(hub.hub, token))!;
  return {
    workspaceId,
    /** A stream of this process. */
    listen: async (process: 0 | 1) => {
      const stream = readEvents(new Response(await lives[process]!.open(session, undefined)));
      const first = await stream.next();
      expect(first?.event).toBe('reset');
      return { ...stream, from: first!.id };
    },
    /** What a request to this process writes, without a word to any stream. */
    write: (process: 0 | 1, id: string = uuid()) =>
      transact(stores[process].in(workspaceId), workspaceId, clock(), (tx) => {
        noteChanges(tx, 'person', [id]);
        return Promise.resolve(id);
      }),
    close: async () => {
      await Promise.all(lives.map((live) => live.close()));
      await Promise.all(stores.map((store) => store.close()));
    },
  };
}

/** The processes listen once this comes through. */
async function untilHeard(write: () => Promise<string>, stream: OpenStream): Promise<void> {
  let heard = false;
  const next = stream.next().then(() => (heard = true));
  await expect
    .poll(async () => {
      if (!heard) await write();
      return heard;
    })
    .toBe(true);
  await next;
}

async function until(stream: OpenStream, id: string): Promise<void> {
  for (;;) {
    const event = await stream.next();
    if (event?.change?.ids[0] === id) return;
    if (event === null) throw new Error('The stream has ended.');
  }
}

test.skipIf(serverUrl() === undefined)(
  'what one process commits the other tells within a second, also after the connection was lost',
  async () => {
    const both = await open();
    const stream = await both.listen(1);
    await untilHeard(() => both.write(0), stream);
    const start = performance.now();
    await until(stream, await both.write(0));
    expect(performance.now() - start).toBeLessThan(1_000);

    const { rows } = await sql`
      select pg_terminate_backend(a.pid) from pg_stat_activity a
      where a.application_name = 'tandem live' and a.datname = current_database()`.execute(hubs.db);
    expect(rows).toHaveLength(2);
    // Nobody may be listening at this moment; after the reconnection it is found all the same.
    await until(stream, await both.write(0));
    await both.close();
  },
);

test.skipIf(serverUrl() === undefined)(
  'writers of two processes at once: the numbers have no gap, and both tell them in the same order',
  async () => {
    const both = await open();
    const streams = [await both.listen(0), await both.listen(1)];
    const from = streams[0]!.from;
    const writing = Promise.all(
      Array.from({ length: 8 }, async (_, writer) => {
        for (let n = 0; n < 25; n++) await both.write((writer % 2) as 0 | 1);
      }),
    );
    const read = async (stream: OpenStream) => {
      const ids: string[] = [];
      for (let n = 1; n <= 200; n++) {
        const event = await stream.next();
        expect(event?.id).toBe(from + n);
        ids.push(event!.change!.ids[0]!);
      }
      return ids;
    };
    const [one, other] = await Promise.all(streams.map(read));
    await writing;
    expect(one).toEqual(other);
    expect(new Set(one).size).toBe(200);
    await both.close();
  },
);
