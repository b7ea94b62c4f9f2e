import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import type { Feedback, NewFeedback } from '../../../utils/contract/feedback.ts';
import type { HandOver } from '../../../utils/contract/hand-over.ts';
import { problemType } from '../../../utils/contract/problem.ts';
import type { StageState } from '../../../utils/contract/stage.ts';
import { database } from '../../../utils/extension/database.ts';
import { addToOutbox, discardRefused, flushOutbox, listOutbox } from '../../../utils/extension/outbox.ts';
import { connectionItem } from '../../../utils/extension/storage.ts';
import { emptyDatabase, signedIn, USER_ID } from '../../support/extension-state.ts';

const PERSON_ID = '01990000-0000-7000-8000-0000000000aa';
const now = '2026-11-22T10:00:00.000Z';
const newFeedback = (last: string): NewFeedback => ({
  id: `01990000-0000-7000-8000-0000000000${last}`,
  about: { kind: 'lead', personId: PERSON_ID },
  verdict: 'accepted',
  reasons: [],
  clientTime: now,
});
const stored = (id: string): Feedback => ({
  ...newFeedback('00'),
  id,
  by: { id: USER_ID, name: 'Alex Winter' },
  at: now,
  state: 'new',
  replies: [],
});

const stageState: StageState = {
  eventId: '01990000-0000-7000-8000-0000000000ee',
  stage: 'disqualified',
  since: now,
  by: { kind: 'person', name: 'Mara Lindqvist' },
  agreementVersion: 1,
};
const clock = { startedAt: now, working: [], atRiskAt: now, due: now };
const handOver: HandOver = {
  id: '01990000-0000-7000-8000-0000000000dd',
  at: now,
  rule: { id: 'standard', label: { en: 'Standard', de: 'Standard' } },
  agreementVersion: 1,
  assignment: clock,
  pauses: [],
  escalations: [],
  revision: 2,
};

/** Answers like a hub: `respond` decides by the number of the request. */
const hub = vi.fn<(url: URL, init: RequestInit) => Promise<Response>>();
const accept = (url: URL, init: RequestInit) =>
  Promise.resolve(
    Response.json(
      stored((JSON.parse(init.body as string) as { id?: string }).id ?? url.pathname.split('/').at(-1)!),
    ),
  );
const refuse = (status: number) => () =>
  Promise.resolve(Response.json({ type: problemType('conflict'), title: 'Too late', status }, { status }));

async function click(last: string): Promise<string> {
  const body = newFeedback(last);
  await addToOutbox({
    id: body.id,
    feedbackId: body.id,
    personId: PERSON_ID,
    write: { kind: 'create', body },
  });
  return body.id;
}

beforeEach(async () => {
  await emptyDatabase();
  await signedIn();
  hub.mockReset().mockImplementation(accept);
  vi.stubGlobal('fetch', hub);
});

describe('the outbox', () => {
  it('delivers oldest first, with the entry as idempotency key, and keeps receipts', async () => {
    const [first, second] = [await click('01'), await click('02')];
    const people: string[] = [];
    await flushOutbox((personId) => people.push(personId));

    const keys = hub.mock.calls.map(([, init]) => new Headers(init.headers).get('idempotency-key'));
    expect(keys).toEqual([first, second]);
    expect(people).toEqual([PERSON_ID, PERSON_ID]);
    const { entries, receipts } = await listOutbox();
    expect(entries).toEqual([]);
    expect(receipts.map((receipt) => receipt.feedback.id).sort()).toEqual([first, second]);
  });

  it('keeps the click and the order when nobody answers, and delivers it the next time', async () => {
    const first = await click('01');
    await click('02');
    hub.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    await flushOutbox(() => undefined);
    expect(hub).toHaveBeenCalledTimes(1);
    expect((await listOutbox()).entries).toMatchObject([
      { id: first, state: 'waiting', attempts: 1, failure: { kind: 'offline' } },
      { state: 'waiting', attempts: 0 },
    ]);

    await flushOutbox(() => undefined);
    expect((await listOutbox()).entries).toEqual([]);
  });

  it.each([500, 429, 401])('waits on a %i', async (status) => {
    await click('01');
    hub.mockImplementation(refuse(status));
    await flushOutbox(() => undefined);
    expect((await listOutbox()).entries).toMatchObject([{ state: 'waiting' }]);
  });

  it('sets a refused write aside with the reason and goes on with the rest', async () => {
    const first = await click('01');
    await click('02');
    hub.mockImplementationOnce(refuse(409));
    await flushOutbox(() => undefined);
    expect((await listOutbox()).entries).toMatchObject([
      { id: first, state: 'refused', failure: { kind: 'conflict', problem: { title: 'Too late' } } },
    ]);
    await discardRefused(first);
    expect((await listOutbox()).entries).toEqual([]);
  });

  it('does not discard what may be on its way', async () => {
    await discardRefused(await click('01'));
    expect((await listOutbox()).entries).toHaveLength(1);
  });

  it('sends the same write again after a crash before the acknowledgement, under the same key', async () => {
    const id = await click('01');
    hub.mockImplementationOnce(async (url, init) => {
      await accept(url, init);
      throw new TypeError('The connection broke before the answer arrived');
    });
    await flushOutbox(() => undefined);
    await flushOutbox(() => undefined);
    const keys = hub.mock.calls.map(([, init]) => new Headers(init.headers).get('idempotency-key'));
    expect(keys).toEqual([id, id]);
  });

  it('never sends a click under another user’s name', async () => {
    await click('01');
    const connection = (await connectionItem.get())!;
    const other = { ...connection.me.user, id: PERSON_ID };
    await connectionItem.set({ ...connection, me: { ...connection.me, user: other } });
    await flushOutbox(() => undefined);
    expect(hub).not.toHaveBeenCalled();
    expect((await listOutbox()).entries).toHaveLength(1);
  });

  it('sends every kind of write to its own place, in the order of the clicks', async () => {
    hub.mockImplementation((_url, init) =>
      Promise.resolve(
        (JSON.parse(init.body as string) as { subject?: string }).subject === undefined
          ? Response.json(stageState)
          : new Response(null, { status: 204 }),
      ),
    );
    const id = (last: string) => `01990000-0000-7000-8000-0000000000${last}`;
    const personId = PERSON_ID;
    await addToOutbox({
      id: id('01'),
      personId,
      write: {
        kind: 'stage-change',
        body: { id: id('01'), personId, to: 'sql', basedOn: id('ee'), clientTime: now },
      },
    });
    await addToOutbox({
      id: id('02'),
      personId,
      write: {
        kind: 'confirmation',
        body: { id: id('02'), personId, subject: 'budget', confirmed: true, clientTime: now },
      },
    });
    await flushOutbox(() => undefined);
    hub.mockImplementation(() => Promise.resolve(Response.json({ handOver: null })));
    await addToOutbox({
      id: id('03'),
      write: {
        kind: 'follow-up',
        body: {
          id: id('03'),
          person: { email: 'ann@lead.example' },
          at: now,
          seen: 'mail',
          direction: 'outbound',
        },
      },
    });
    await flushOutbox(() => undefined);
    hub.mockImplementation(() => Promise.resolve(Response.json(handOver)));
    await addToOutbox({
      id: id('04'),
      personId,
      write: { kind: 'hand-over', handOverId: id('dd'), body: { change: 'resume' } },
    });
    await flushOutbox(() => undefined);

    expect(hub.mock.calls.map(([url, init]) => `${init.method} ${url.pathname}`)).toEqual([
      'POST /v1/stage-changes',
      'POST /v1/confirmations',
      'POST /v1/follow-ups',
      `PATCH /v1/hand-overs/${id('dd')}`,
    ]);
    const keys = hub.mock.calls.map(([, init]) => new Headers(init.headers).get('idempotency-key'));
    expect(keys).toEqual([id('01'), id('02'), id('03'), id('04')]);
    expect(await listOutbox()).toEqual({ entries: [], receipts: [] });
  });

  it('lets a move look pending until the lead has been read again', async () => {
    hub.mockImplementation(() => Promise.resolve(Response.json(stageState)));
    const id = '01990000-0000-7000-8000-000000000001';
    await addToOutbox({
      id,
      personId: PERSON_ID,
      write: {
        kind: 'stage-change',
        body: { id, personId: PERSON_ID, to: 'sql', basedOn: id, clientTime: now },
      },
    });
    const told = vi.spyOn(browser.runtime, 'sendMessage');
    let toldBefore = 0;
    await flushOutbox(async () => {
      await new Promise((done) => setImmediate(done));
      toldBefore = told.mock.calls.length;
    });
    expect(toldBefore).toBe(0);
    expect(told).toHaveBeenCalledExactlyOnceWith({ notice: 'outbox.changed' });
  });

  it('tells a move that came too late which stage is the newer one', async () => {
    const id = await click('01');
    const problem = { type: problemType('stage-changed'), title: 'Moved', status: 409, current: stageState };
    hub.mockImplementationOnce(() => Promise.resolve(Response.json(problem, { status: 409 })));
    const people: string[] = [];
    await flushOutbox((personId) => people.push(personId));
    expect((await listOutbox()).entries).toMatchObject([
      { id, state: 'refused', failure: { kind: 'conflict', problem: { current: stageState } } },
    ]);
    expect(people).toEqual([PERSON_ID]);
  });

  it('still delivers what the version before has stored', async () => {
    const body = newFeedback('01');
    const entry = { id: body.id, feedbackId: body.id, write: { kind: 'create' as const, body } };
    await (
      await database()
    ).put('outbox', { ...entry, userId: USER_ID, savedAt: now, attempts: 3, state: 'waiting' });
    await flushOutbox(() => undefined);
    expect((await listOutbox()).receipts).toMatchObject([{ id: body.id, feedbackId: body.id }]);
  });

  it('runs one flush at a time', async () => {
    await click('01');
    await Promise.all([flushOutbox(() => undefined), flushOutbox(() => undefined)]);
    expect(hub).toHaveBeenCalledTimes(1);
  });

  it('keeps a bounded number of receipts', async () => {
    const db = await database();
    for (let n = 0; n < 205; n++) {
      const id = `r${n}`;
      await db.put('receipts', {
        id,
        feedbackId: id,
        deliveredAt: `2026-01-01T00:00:00.${n}Z`,
        feedback: stored(id),
      });
    }
    await click('01');
    await flushOutbox(() => undefined);
    expect(await db.count('receipts')).toBe(200);
  });
});
