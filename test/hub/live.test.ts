import fc from 'fast-check';
import { sql } from 'kysely';
import { pino } from 'pino';
import { v7 as uuid } from 'uuid';
import { describe, expect, test, vi } from 'vitest';
import { issueToken } from '../../server/auth/tokens.ts';
import { tidy } from '../../server/jobs/tidy.ts';
import { runJobs } from '../../server/jobs/jobs.ts';
import { noteChanges, readChanges, readExtent } from '../../server/live/changes.ts';
import { createLive } from '../../server/live/live.ts';
import { transact } from '../../server/store/transact.ts';
import type { LiveChange, LiveKind } from '../../utils/contract/live.ts';
import type { User } from '../../utils/contract/session.ts';
import { type OpenStream, readEvents } from './support/read-events.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
const silent = pino({ level: 'silent' });
const HOUR_MS = 60 * 60_000;

async function open(heartbeatMs = 60_000) {
  let clock = () => new Date();
  const live = createLive({ databaseOf: hubs.store.in, clock: () => clock(), logger: silent, heartbeatMs });
  const hub = await hubs.open({ live });
  clock = hub.hub.clock;
  const { id: workspaceId } = hub.workspace;
  return {
    ...hub,
    live,
    workspaceId,
    /** Opens a stream in a session of its own. */
    listen: async (user: User, since?: number, headers: Record<string, string> = {}) => {
      const token = await issueToken(hubs.db, workspaceId, user.id, hub.hub.clock());
      const stream = async (from = since, more = headers) =>
        readEvents(
          await hub.app.request(from === undefined ? '/v1/live' : `/v1/live?since=${from}`, {
            headers: { authorization: `Bearer ${token}`, ...more },
          }),
        );
      return { ...(await stream()), again: stream, token };
    },
    change: async (kind: LiveKind, ids: string[] | 'any') => {
      await transact(hubs.store.in(workspaceId), workspaceId, hub.hub.clock(), async (tx) => {
        await Promise.resolve(noteChanges(tx, kind, ids));
      });
      live.poke(workspaceId);
    },
    /** What was noted so far. */
    changes: async () =>
      (await readChanges(hubs.db, workspaceId, 0, 1_000)).map(({ kind, ids }) => ({ kind, ids })),
    last: async () => (await readExtent(hubs.db, workspaceId)).last,
  };
}

async function take(stream: Pick<OpenStream, 'next'>, count: number): Promise<LiveChange[]> {
  const taken: LiveChange[] = [];
  while (taken.length < count) {
    const event = await stream.next();
    if (event?.change == null) throw new Error(`Not a change: ${JSON.stringify(event)}`);
    taken.push(event.change);
  }
  return taken;
}

describe('what is told', () => {
  test('a verdict, its answer and what follows from them, by ids only, to everybody of the workspace', async () => {
    const { as, lena, rep, marketer, listen, now, last } = await open();
    const stream = await listen(marketer, await last());
    expect(stream.status).toBe(200);
    expect(stream.headers.get('content-type')).toBe('text/event-stream');
    expect(stream.headers.get('cache-control')).toBe('no-store');
    expect(stream.headers.get('x-accel-buffering')).toBe('no');
    expect(stream.headers.get('etag')).toBeNull();

    const id = uuid();
    await (
      await as(rep)
    )('POST', '/v1/feedback', {
      id,
      about: { kind: 'lead', personId: lena.id },
      verdict: 'accepted',
      reasons: [],
      clientTime: now(),
    });
    const both = [
      { kind: 'feedback', ids: [id] },
      { kind: 'person', ids: [lena.id] },
    ];
    expect(await take(stream, 2)).toEqual(both);
    await (
      await as(marketer)
    )('POST', `/v1/feedback/${id}/replies`, { id: uuid(), text: 'Danke!' });
    expect(await take(stream, 2)).toEqual(both);
    await (
      await as(marketer)
    )('PATCH', `/v1/feedback/${id}`, { state: 'acted' });
    expect(await take(stream, 2)).toEqual(both);
    await stream.cut();
  });

  test('each kind of write tells of what it touched', async () => {
    const { as, lena, rep, marketer, salesManager, marketingManager, ...hub } = await open();
    await runJobs(hub.hub);
    const told = async (write: () => Promise<{ status: number; text: string } | void>) => {
      const before = await hub.last();
      const answer = await write();
      if (answer && answer.status > 299) throw new Error(answer.text);
      return (await readChanges(hubs.db, hub.workspaceId, before, 100)).map(({ kind, ids }) => ({
        kind,
        ids,
      }));
    };
    const person = (...ids: string[]) => [{ kind: 'person', ids }];
    const asRep = await as(rep);
    const asMarketer = await as(marketer);

    const stage = (
      await told(async () => {
        const { json } = await asRep('POST', '/v1/context', { queries: [{ record: lena.externalIds[0] }] });
        const basedOn = (json as { contexts: { stage: { eventId: string } }[] }).contexts[0]!.stage.eventId;
        return asRep('POST', '/v1/stage-changes', {
          id: uuid(),
          personId: lena.id,
          to: 'sal',
          basedOn,
          clientTime: hub.now(),
        });
      })
    ).at(-1);
    expect(stage).toEqual(person(lena.id)[0]);
    expect(
      await told(() =>
        asRep('POST', '/v1/confirmations', {
          id: uuid(),
          personId: lena.id,
          subject: 'budget',
          confirmed: true,
          clientTime: hub.now(),
        }),
      ),
    ).toEqual(person(lena.id));
    expect(
      await told(() =>
        asMarketer('POST', '/v1/touchpoints', {
          touchpoints: [1, 2].map((n) => ({
            id: uuid(),
            person: { record: lena.externalIds[0] },
            kind: 'form.submitted',
            channel: 'web',
            direction: 'inbound',
            title: 'Demo requested',
            occurredAt: hub.now(),
            machine: false,
            source: 'test',
            sourceId: `live-${n}`,
          })),
        }),
      ),
    ).toEqual(person(lena.id));
    expect(
      await told(() =>
        asMarketer('POST', '/v1/offers', {
          offers: [
            {
              id: uuid(),
              title: 'Ten per cent',
              validFrom: hub.now(),
              validTo: new Date(Date.parse(hub.now()) + HOUR_MS).toISOString(),
            },
          ],
        }),
      ),
    ).toEqual(person());
    // An evaluation that finds what it has found before says nothing.
    await runJobs(hub.hub);
    expect(await told(() => runJobs(hub.hub))).toEqual([]);

    const asManager = await as(marketingManager);
    const { json } = await asManager('GET', '/v1/agreement/versions/1/text?format=json');
    const document = JSON.parse((json as { text: string }).text) as { validUntil: string };
    const text = JSON.stringify({
      ...document,
      validUntil: new Date(Date.parse(document.validUntil) - 24 * HOUR_MS).toISOString(),
    });
    const agreement = { kind: 'agreement', ids: [] };
    expect(await told(() => asManager('PUT', '/v1/agreement', { basedOn: 1, format: 'json', text }))).toEqual(
      [agreement],
    );
    const sign = await told(async () =>
      (await as(salesManager))('POST', '/v1/agreement/versions/2/signatures', {}),
    );
    expect(sign[0]).toEqual(agreement);
    // Everybody is due, and named as long as they are few.
    expect(sign[1]?.kind).toBe('person');

    const asAdmin = await as(hub.admin);
    const users = (...ids: string[]) => [{ kind: 'users', ids }];
    const invitation = { email: 'nora@kontor.example', name: 'Nora New', role: 'rep', team: 'sales' };
    let nora = '';
    const invite = async () => {
      const answer = await asAdmin('POST', '/v1/invitations', invitation);
      nora = (answer.json as { user: User }).user.id;
      return answer;
    };
    const invited = await told(invite);
    expect(invited).toEqual(users(nora));
    // Whoever can sign in already is left as they are.
    expect(await told(invite)).toEqual([]);
    expect(await told(() => asAdmin('PATCH', `/v1/users/${nora}`, { name: 'Nora Newer' }))).toEqual(
      users(nora),
    );
    expect(await told(() => asAdmin('DELETE', `/v1/users/${nora}`))).toEqual(users(nora));
    expect(await told(invite)).toEqual(users(nora));
  });

  test('of one transaction each once, many as any, and nothing of one that failed', async () => {
    const { workspaceId, changes, hub, live, change, lena } = await open();
    const before = (await changes()).length;
    await transact(hubs.store.in(workspaceId), workspaceId, hub.clock(), async (tx) => {
      noteChanges(tx, 'person', [lena.id]);
      noteChanges(tx, 'agreement', 'any');
      noteChanges(tx, 'person', [lena.id]);
      await Promise.resolve();
    });
    const failing = transact(hubs.store.in(workspaceId), workspaceId, hub.clock(), (tx) => {
      noteChanges(tx, 'users', 'any');
      return Promise.reject(new Error('taken back'));
    });
    await expect(failing).rejects.toThrow('taken back');
    await change(
      'person',
      Array.from({ length: 1_000 }, () => uuid()),
    );
    expect((await changes()).slice(before)).toEqual([
      { kind: 'person', ids: [lena.id] },
      { kind: 'agreement', ids: [] },
      { kind: 'person', ids: [] },
    ]);
    await live.close();
  });

  test('nothing of another workspace', async () => {
    const one = await open();
    const other = await open();
    const stream = await one.listen(one.rep, await one.last());
    await other.change('users', 'any');
    one.live.poke(other.workspaceId);
    await one.change('sources', 'any');
    expect((await stream.next())?.change?.kind).toBe('sources');
    await stream.cut();
  });
});

describe('going on after a break', () => {
  test('whatever is written, wherever the connection breaks: every change exactly once and in order', async () => {
    const hub = await open();
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.record({ write: fc.integer({ min: 1, max: 60 }) }) },
      { weight: 2, arbitrary: fc.record({ read: fc.integer({ min: 0, max: 80 }) }) },
      { weight: 1, arbitrary: fc.constant({ cut: true as const }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const start = await hub.last();
        let seen = start;
        let written = 0;
        const { again, ...first } = await hub.listen(hub.rep, start);
        let stream: OpenStream = first;
        const ids: string[] = [];
        const read = async (count: number) => {
          for (let left = count; left > 0; left--) {
            const event = await stream.next();
            expect(event).toEqual({
              event: 'change',
              id: seen + 1,
              change: { kind: 'person', ids: [ids[seen - start]] },
            });
            seen += 1;
          }
        };
        for (const action of steps) {
          if ('write' in action) {
            for (let left = action.write; left > 0; left--) {
              ids.push(uuid());
              await hub.change('person', [ids[written]!]);
              written += 1;
            }
          } else if ('read' in action) await read(Math.min(action.read, start + written - seen));
          else {
            await stream.cut();
            // By the header, as browsers do; the address still says where the first stream began.
            stream = await again(start, { 'last-event-id': String(seen) });
          }
        }
        await read(start + written - seen);
        await stream.cut();
      }),
      { numRuns: 15 },
    );
  }, 60_000);

  test('many streams that come and go while others write miss nothing', async () => {
    const hub = await open();
    const start = await hub.last();
    const writes = 120;
    const writing = (async () => {
      for (let n = 0; n < writes; n++) await hub.change('users', [uuid()]);
    })();
    const follow = async (every: number) => {
      const { again, ...first } = await hub.listen(hub.rep, start);
      let stream: OpenStream = first;
      for (let seen = start; seen < start + writes;) {
        const event = await stream.next();
        expect(event?.id).toBe(seen + 1);
        seen += 1;
        if (seen % every === 0) {
          await stream.cut();
          stream = await again(seen);
        }
      }
      await stream.cut();
    };
    await Promise.all([...[3, 7, 11, 1_000].map(follow), writing]);
  }, 30_000);

  test('who never listened, was away too long or comes from another database reads everything again', async () => {
    const hub = await open();
    for (let n = 0; n < 5; n++) await hub.change('users', 'any');
    const last = await hub.last();
    const first = async (since?: number) => {
      const stream = await hub.listen(hub.rep, since);
      const event = await stream.next();
      await stream.cut();
      return event;
    };
    expect(await first()).toEqual({ event: 'reset', id: last, change: null });
    expect(await first(last + 1)).toEqual({ event: 'reset', id: last, change: null });
    expect(await first(last - 5)).toMatchObject({ event: 'change', id: last - 4 });

    hub.pass(23 * HOUR_MS);
    await hub.change('sources', 'any');
    hub.pass(2 * HOUR_MS);
    await tidy(hubs.db, hub.workspaceId, hub.hub.clock());
    // What came after the last one kept is all there still.
    expect(await first(last)).toMatchObject({ event: 'change', id: last + 1 });
    expect(await first(last - 1)).toEqual({ event: 'reset', id: last + 1, change: null });
    hub.pass(24 * HOUR_MS);
    await tidy(hubs.db, hub.workspaceId, hub.hub.clock());
    expect(await hub.changes()).toEqual([]);
    expect(await first(last)).toEqual({ event: 'reset', id: last + 1, change: null });

    await sql`
      update counters c set value = c.value + 1001
      where c.workspace_id = ${hub.workspaceId} and c.name = 'changes'`.execute(hubs.db);
    expect(await first(last + 1)).toMatchObject({ event: 'reset', id: last + 1_002 });
  });

  test('refuses what is no number, and who is not signed in', async () => {
    const { as, rep, call } = await open();
    expect((await (await as(rep))('GET', '/v1/live?since=yesterday')).status).toBe(400);
    expect((await (await as(rep))('GET', '/v1/live', undefined, { 'last-event-id': '-1' })).status).toBe(400);
    expect((await call('GET', '/v1/live')).status).toBe(401);
  });
});

describe('how a stream ends', () => {
  test('at the next heartbeat after its session did, and not those of others', async () => {
    const hub = await open(50);
    const stream = await hub.listen(hub.rep);
    const other = await hub.listen(hub.rep);
    expect((await stream.next())?.event).toBe('reset');
    expect((await other.next())?.event).toBe('reset');
    const left = await hub.call('DELETE', '/v1/session', undefined, {
      authorization: `Bearer ${stream.token}`,
    });
    expect(left.status).toBe(204);
    expect(await stream.next()).toBeNull();
    await hub.change('users', 'any');
    expect((await other.next())?.change?.kind).toBe('users');
    hub.pass(91 * 24 * HOUR_MS);
    expect(await other.next()).toBeNull();
    await hub.live.close();
  });

  test('when the hub is about to stop; a new one ends at once', async () => {
    const hub = await open();
    const stream = await hub.listen(hub.rep);
    expect((await stream.next())?.event).toBe('reset');
    await hub.live.close();
    expect(await stream.next()).toBeNull();
    const late = await hub.listen(hub.rep);
    expect((await late.next())?.event).toBe('reset');
    expect(await late.next()).toBeNull();
  });

  test('the oldest of a session, when it opens a sixth', async () => {
    const hub = await open();
    const { again, ...first } = await hub.listen(hub.rep);
    const others = await Promise.all(Array.from({ length: 5 }, () => again()));
    expect((await first.next())?.event).toBe('reset');
    expect(await first.next()).toBeNull();
    for (const stream of others) {
      expect((await stream.next())?.event).toBe('reset');
      await stream.cut();
    }
  });

  test('cut, when its client reads nothing from one heartbeat to the next, or less than it is sent', async () => {
    const hub = await open(50);
    const token = await issueToken(hubs.db, hub.workspaceId, hub.rep.id, hub.hub.clock());
    const headers = { authorization: `Bearer ${token}` };
    const asleep = (await hub.app.request('/v1/live', { headers })).body!.getReader();
    await expect(asleep.closed).rejects.toThrow('does not read');
    await hub.live.close();

    const slow = await open();
    const reader = (
      await slow.app.request('/v1/live', {
        headers: {
          authorization: `Bearer ${await issueToken(hubs.db, slow.workspaceId, slow.rep.id, slow.hub.clock())}`,
        },
      })
    ).body!.getReader();
    const many = Array.from({ length: 100 }, () => uuid());
    // 4 kB each.
    for (let n = 0; n < 80; n++) await slow.change('person', many);
    await expect(reader.closed).rejects.toThrow('does not read');
  });
});

test('five hundred streams at once hear a change, and are gone when they are cut', async () => {
  const hub = await open();
  const streams: OpenStream[] = [];
  for (let session = 0; session < 100; session++) {
    const { again, ...first } = await hub.listen(hub.rep);
    streams.push(first, ...(await Promise.all(Array.from({ length: 4 }, () => again()))));
  }
  await Promise.all(streams.map(async (stream) => expect((await stream.next())?.event).toBe('reset')));
  const start = performance.now();
  await hub.change('users', 'any');
  await Promise.all(streams.map(async (stream) => expect((await stream.next())?.change?.kind).toBe('users')));
  expect(performance.now() - start).toBeLessThan(2_000);
  const asked = vi.spyOn(hubs.store.in(hub.workspaceId), 'getExecutor');
  // After its last reading has come to an end.
  await expect
    .poll(() => {
      hub.live.poke(hub.workspaceId);
      return asked.mock.calls.length;
    })
    .toBeGreaterThan(0);
  await Promise.all(streams.map((stream) => stream.cut()));
  asked.mockClear();
  hub.live.poke(hub.workspaceId);
  // Nobody is there, so nobody looks.
  expect(asked).not.toHaveBeenCalled();
});

test('the row in the table names every operation by what it answers', async () => {
  const { call } = await open();
  const document = (await call('GET', '/openapi.json')).json as {
    paths: Record<
      string,
      Record<string, { 'x-roles': string[]; responses: Record<string, { content: object }> }>
    >;
  };
  const live = document.paths['/v1/live']!['get']!;
  expect(Object.keys(live.responses['200']!.content)).toEqual(['text/event-stream']);
  expect(live['x-roles']).toContain('rep');
});
