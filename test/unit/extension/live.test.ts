import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { restartLive, watchLive } from '../../../utils/extension/live.ts';
import { WATCH_MS } from '../../../utils/extension/live-watch.ts';
import { connectionItem, lastChangeItem, settingsItem } from '../../../utils/extension/storage.ts';
import { database } from '../../../utils/extension/database.ts';
import { getContext } from '../../../utils/extension/context-cache.ts';
import { leadContext } from '../../fixtures/lead-context.ts';
import { emptyDatabase, HUB_URL, signedIn } from '../../support/extension-state.ts';

const context = leadContext();
const PERSON = context.person.id;
const OTHER = '01990000-0000-7000-8000-0000000000bb';

/** A hub of which tests hold the streams in their hands. */
const streams: { since: string | null; send: (text: string) => void; end: () => void; broken: boolean }[] =
  [];
let refuse: number | null = null;
let told: string[] = [];

function answer(url: URL, { signal }: RequestInit): Promise<Response> {
  if (url.pathname === '/v1/context') return Promise.resolve(Response.json({ contexts: [context] }));
  if (url.pathname !== '/v1/live') return Promise.resolve(Response.json({}, { status: 404 }));
  if (refuse !== null) return Promise.resolve(new Response('{}', { status: refuse }));
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      const stream = {
        since: url.searchParams.get('since'),
        send: (text: string) => controller.enqueue(new TextEncoder().encode(text)),
        end: () => controller.close(),
        broken: false,
      };
      signal?.addEventListener('abort', () => {
        stream.broken = true;
        controller.error(new Error('aborted'));
      });
      streams.push(stream);
    },
  });
  return Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
}

const settle = () => vi.advanceTimersByTimeAsync(50);
const change = (id: number, kind: string, ...ids: string[]) =>
  `event: change\nid: ${id}\ndata: ${JSON.stringify({ kind, ids })}\n\n`;
const requests = (path: string) =>
  vi.mocked(fetch).mock.calls.filter(([url]) => (url as URL).pathname === path).length;

beforeEach(async () => {
  await emptyDatabase();
  await signedIn();
  await settingsItem.set({ ...(await settingsItem.get()), pausedUntil: null });
  await lastChangeItem.remove();
  streams.length = 0;
  refuse = null;
  told = [];
  vi.stubGlobal(
    'fetch',
    vi.fn((url: URL, init: RequestInit) => answer(url, init)),
  );
  vi.spyOn(browser.runtime, 'sendMessage').mockImplementation((notice: unknown) => {
    told.push(Object.values(notice as object).join(' '));
    return Promise.resolve();
  });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(async () => {
  // Nobody watches any more: the stream ends, and with it what this file's module remembers.
  await vi.advanceTimersByTimeAsync(10 * WATCH_MS);
  vi.useRealTimers();
});

describe('a page on the screen', () => {
  it('opens one stream, however many pages there are, and keeps it as long as one of them asks', async () => {
    expect(watchLive()).toBe(false);
    watchLive();
    await settle();
    expect(watchLive()).toBe(true);
    expect(streams).toHaveLength(1);
    for (let n = 0; n < 6; n++) {
      await vi.advanceTimersByTimeAsync(WATCH_MS);
      streams[0]!.send(': \n\n');
      watchLive();
    }
    expect(streams).toEqual([expect.objectContaining({ broken: false, since: null })]);
    await vi.advanceTimersByTimeAsync(2 * WATCH_MS);
    expect(streams[0]!.broken).toBe(true);
    await vi.advanceTimersByTimeAsync(10 * WATCH_MS);
    expect(streams).toHaveLength(1);
  });

  it('gets none while everything is paused, or nobody is signed in; a pause ends the one there is', async () => {
    const settings = await settingsItem.get();
    watchLive();
    await settle();
    await settingsItem.set({ ...settings, pausedUntil: new Date(Date.now() + 3_600_000).toISOString() });
    restartLive();
    await settle();
    expect(streams[0]!.broken).toBe(true);
    watchLive();
    await settle();
    await settingsItem.set(settings);
    await connectionItem.remove();
    watchLive();
    await settle();
    expect(streams).toHaveLength(1);
  });

  it('learns that the hub refuses the token', async () => {
    refuse = 401;
    watchLive();
    await settle();
    expect((await connectionItem.get())?.token).toBeNull();
    expect(told).toContain('connection.changed');
  });
});

describe('what comes in', () => {
  it('is told by its kind; panels hear only of whom this browser knows', async () => {
    watchLive();
    await settle();
    await (
      await database()
    ).put('contexts', {
      text: 'x',
      query: { email: 'x@example.com' },
      personId: PERSON,
      context,
      receivedAt: new Date().toISOString(),
      triedAt: new Date().toISOString(),
    });
    told = [];
    streams[0]!.send(change(7, 'feedback', OTHER) + change(8, 'person', PERSON) + change(9, 'person', OTHER));
    streams[0]!.send(change(10, 'weather', OTHER));
    await vi.waitFor(() =>
      expect(told).toEqual([
        'hub.changed feedback',
        `hub.changed person ${PERSON}`,
        `hub.changed person ${OTHER}`,
        `context.changed ${PERSON}`,
      ]),
    );
    expect((await lastChangeItem.get())?.id).toBe(10);
  });

  it('makes a lead on the screen be asked for anew, however fresh the last answer is, and once', async () => {
    const lead = { email: context.person.emails[0]! };
    await getContext(lead);
    watchLive();
    await settle();
    await getContext(lead);
    await settle();
    const before = requests('/v1/context');
    streams[0]!.send(change(3, 'person', PERSON));
    await settle();
    await getContext(lead);
    await settle();
    await getContext(lead);
    await settle();
    expect(requests('/v1/context')).toBe(before + 1);
  });

  it('of anybody is told at most every five seconds', async () => {
    const lead = { email: context.person.emails[0]! };
    await getContext(lead);
    watchLive();
    await settle();
    told = [];
    for (let id = 1; id <= 20; id++) {
      streams[0]!.send(change(id, 'person'));
      await vi.advanceTimersByTimeAsync(500);
    }
    expect(told.filter((notice) => notice.startsWith('context.changed')).length).toBeLessThanOrEqual(3);
    expect(told.length).toBeGreaterThan(0);
  });
});

describe('a stream that breaks', () => {
  it('goes on after the last event; pages know that it is down meanwhile', async () => {
    watchLive();
    await settle();
    streams[0]!.send(change(41, 'users') + change(42, 'users'));
    await settle();
    streams[0]!.end();
    await settle();
    expect(watchLive()).toBe(false);
    await vi.advanceTimersByTimeAsync(1_600);
    expect(watchLive()).toBe(true);
    expect(streams[1]!.since).toBe('42');
    expect(told.filter((notice) => notice === 'live.changed')).toHaveLength(3);
  });

  it('by silence is noticed', async () => {
    watchLive();
    for (let n = 0; n < 3; n++) {
      await vi.advanceTimersByTimeAsync(WATCH_MS);
      watchLive();
    }
    expect(streams[0]!.broken).toBe(true);
    expect(streams).toHaveLength(2);
  });

  it('is tried more and more slowly while the hub is away', async () => {
    refuse = 500;
    const tries = [];
    watchLive();
    for (let n = 0; n < 12; n++) {
      await vi.advanceTimersByTimeAsync(WATCH_MS);
      watchLive();
      tries.push(requests('/v1/live'));
    }
    expect(tries[0]).toBeGreaterThanOrEqual(3);
    expect(tries.at(-1)).toBeLessThanOrEqual(14);
  });

  it('begins anew for another workspace', async () => {
    await lastChangeItem.set({ workspaceId: OTHER, id: 99 });
    watchLive();
    await settle();
    expect(streams[0]!.since).toBeNull();
    expect(vi.mocked(fetch).mock.calls[0]![0]).toEqual(new URL('/v1/live', HUB_URL));
  });
});
