import { EventSourceParserStream } from 'eventsource-parser/stream';
import { LiveChange, LiveKind } from '../contract/live.ts';
import { fetchAgreement } from './agreement.ts';
import { outdate } from './context-cache.ts';
import { hubStream } from './hub-fetch.ts';
import { WATCH_MS } from './live-watch.ts';
import { tellNews } from './news.ts';
import { notifyPages } from './notify.ts';
import { connectionItem, lastChangeItem, settingsItem } from './storage.ts';
import { refreshWaiting } from './waiting.ts';

/** Whoever has not asked for so long is gone, or off the screen. */
const LEFT_MS = 1.5 * WATCH_MS;
/** The hub lets hear of itself every twenty seconds; after this the way to it is broken. */
const SILENT_MS = 50_000;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;
/** While leads are brought in by the thousand, what may be any of them is told so often. */
const ANYBODY_MS = 5_000;

let watchedUntil = 0;
let running: Promise<void> | null = null;
let up = false;
let current = new AbortController();
let leaving: ReturnType<typeof setTimeout> | undefined;
let lastAnybody = 0;
let anybody: ReturnType<typeof setTimeout> | undefined;

/** A page is on the screen: sees to it that changes come in. Returns whether they do already. */
export function watchLive(): boolean {
  watchedUntil = Date.now() + LEFT_MS;
  clearTimeout(leaving);
  leaving = setTimeout(() => current.abort(), LEFT_MS);
  running ??= run().finally(() => {
    running = null;
  });
  return up;
}

/** Begins anew, if at all: who is signed in, or whether everything is paused, has changed. */
export const restartLive = () => current.abort();

async function run(): Promise<void> {
  for (let failures = 0; Date.now() < watchedUntil; failures++) {
    current = new AbortController();
    const workspaceId = await allowedWorkspace();
    if (workspaceId === null) return;
    await follow(workspaceId, current);
    const { aborted } = current.signal;
    if (up) failures = 0;
    setUp(false);
    if (!aborted) await pause(Math.min(FIRST_RETRY_MS * 2 ** failures, LAST_RETRY_MS), current.signal);
  }
}

async function allowedWorkspace(): Promise<string | null> {
  const connection = await connectionItem.get();
  const { pausedUntil } = await settingsItem.get();
  const isPaused = pausedUntil !== null && Date.parse(pausedUntil) > Date.now();
  return isPaused || connection?.token == null ? null : connection.me.workspace.id;
}

/** Hears of changes until the stream breaks, for whatever reason. */
async function follow(workspaceId: string, controller: AbortController): Promise<void> {
  const before = await lastChangeItem.get();
  const since = before?.workspaceId === workspaceId ? `?since=${before.id}` : '';
  const body = await hubStream(`/v1/live${since}`, controller.signal);
  if (body === null) return;
  setUp(true);
  let silence: ReturnType<typeof setTimeout> | undefined;
  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(() => controller.abort(), SILENT_MS);
  };
  heard();
  try {
    const events = body
      .pipeThrough(new TextDecoderStream())
      .pipeThrough(new EventSourceParserStream({ onComment: heard, maxBufferSize: 100_000 }));
    for await (const { event, data, id } of readAll(events)) {
      heard();
      // What a newer hub tells besides is not for us.
      const change = event === 'change' ? LiveChange.safeParse(JSON.parse(data)).data : undefined;
      if (change) take(change);
      if (event === 'reset') everythingChanged();
      await lastChangeItem.set({ workspaceId, id: Number(id) });
    }
  } catch {
    // Broken off: the next one goes on where this one ended.
  } finally {
    clearTimeout(silence);
  }
}

async function* readAll<T>(stream: ReadableStream<T>): AsyncGenerator<T> {
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
}

function everythingChanged(): void {
  for (const kind of LiveKind.options) take({ kind, ids: [] });
}

function take({ kind, ids }: LiveChange): void {
  if (kind === 'person') {
    if (ids.length === 0) return anybodyChanged();
    void outdate(ids);
    return notifyPages({ notice: 'hub.changed', kind, ids });
  }
  if (kind === 'agreement') void fetchAgreement();
  if (kind === 'feedback') {
    void refreshWaiting();
    void tellNews();
  }
  notifyPages({ notice: 'hub.changed', kind });
}

function anybodyChanged(): void {
  anybody ??= setTimeout(
    () => {
      anybody = undefined;
      lastAnybody = Date.now();
      void outdate('everybody');
      notifyPages({ notice: 'hub.changed', kind: 'person' });
    },
    Math.max(0, lastAnybody + ANYBODY_MS - Date.now()),
  );
}

function setUp(now: boolean): void {
  if (up === now) return;
  up = now;
  notifyPages({ notice: 'live.changed' });
}

/** A random part keeps a team from knocking in step once the hub is back. */
const pause = (milliseconds: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, milliseconds * (0.5 + Math.random()));
    signal.addEventListener('abort', () => resolve());
  });
