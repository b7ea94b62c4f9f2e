import type { Logger } from 'pino';
import type { Session } from '../auth/tokens.ts';
import type { Hub } from '../hub.ts';
import { logFailure } from '../log-failure.ts';
import { readExtent } from './changes.ts';
import { readValidSessions } from '../sign-in/sessions.ts';
import { Feed } from './feed.ts';
import { LiveStream } from './live-stream.ts';

/** Below the half minute after which proxies, and browsers' background pages, take silence for death. */
const HEARTBEAT_MS = 20_000;
/** Of one session; one more ends the oldest, which a network that changed may have left behind. */
const MAX_STREAMS = 5;
/** Who missed more reads everything again: that is less than to hear of each change. */
const MAX_MISSED = 1_000;

/** Hears from other processes whose workspace has changed, `null` when it may be any; returns how to stop. */
export type Listen = (onChange: (workspaceId: string | null) => void) => () => Promise<void>;

/** The streams of open pages. */
export interface Live {
  /** The events of a session's workspace after the change of this number. */
  open: (session: Session, since: number | undefined) => Promise<ReadableStream<Uint8Array>>;
  /** Something may have been committed that streams have not told yet. Costs nothing where nobody listens. */
  poke: (workspaceId: string | null) => void;
  /** Ends all streams; for a server that is about to stop. */
  close: () => Promise<void>;
}

interface Settings extends Pick<Hub, 'databaseOf' | 'clock'> {
  logger: Logger;
  /** Where several processes share one database. */
  listen?: Listen | undefined;
  heartbeatMs?: number;
}

/** The workspace's streams by session. */
interface Audience {
  feed: Feed;
  sessions: Map<string, Set<LiveStream>>;
}

/** Starts with no stream; see `Live`. */
export function createLive({
  databaseOf,
  clock,
  logger,
  listen = () => () => Promise.resolve(),
  heartbeatMs = HEARTBEAT_MS,
}: Settings): Live {
  const audiences = new Map<string, Audience>();
  let closed = false;

  const poke = (workspaceId: string | null) => {
    for (const id of workspaceId === null ? audiences.keys() : [workspaceId]) {
      audiences
        .get(id)
        ?.feed.read()
        .catch((error: unknown) => logFailure(logger, error, 'live: changes could not be read'));
    }
  };
  const streams = () =>
    [...audiences.values()].flatMap(({ sessions }) => [...sessions.values()].flatMap((own) => [...own]));

  const beat = async () => {
    for (const [workspaceId, { sessions }] of audiences) {
      const valid = await readValidSessions(
        databaseOf(workspaceId),
        workspaceId,
        [...sessions.keys()],
        clock(),
      );
      for (const [session, own] of sessions) if (!valid.has(session)) for (const stream of own) stream.end();
    }
  };
  // One after the other: where the database is slower than the heart beats, its questions would pile up.
  let beating = false;
  const heartbeat = setInterval(() => {
    if (beating) return;
    beating = true;
    beat()
      .catch((error: unknown) => logFailure(logger, error, 'live: sessions could not be read'))
      .finally(() => {
        beating = false;
        streams().forEach((stream) => stream.beat());
      });
  }, heartbeatMs).unref();
  const stopListening = listen(poke);

  const add = (stream: LiveStream, { workspaceId, id }: Session): Audience => {
    const audience = audiences.get(workspaceId) ?? {
      feed: new Feed(databaseOf(workspaceId), workspaceId),
      sessions: new Map<string, Set<LiveStream>>(),
    };
    audiences.set(workspaceId, audience);
    const own = audience.sessions.get(id) ?? new Set();
    audience.sessions.set(id, own.add(stream));
    const [oldest] = own;
    if (own.size > MAX_STREAMS) oldest?.end();
    return audience;
  };
  const remove = (stream: LiveStream, { workspaceId, id }: Session) => {
    const audience = audiences.get(workspaceId);
    const own = audience?.sessions.get(id);
    audience?.feed.remove(stream);
    own?.delete(stream);
    if (own?.size === 0) audience?.sessions.delete(id);
    if (audience?.sessions.size === 0) audiences.delete(workspaceId);
  };

  return {
    poke,
    open: async (session, since) => {
      const { last, oldest } = await readExtent(databaseOf(session.workspaceId), session.workspaceId);
      const missed = since === undefined ? Infinity : last - since;
      const resumes = since !== undefined && since >= oldest - 1 && missed >= 0 && missed <= MAX_MISSED;
      const stream = new LiveStream(resumes ? since : last, () => remove(stream, session));
      const { feed } = add(stream, session);
      // Something must be sent at once: the headers leave with it.
      if (resumes) stream.beat();
      else stream.reset();
      feed.add(stream).catch((error: unknown) => {
        logFailure(logger, error, 'live: changes could not be read');
        stream.cut();
      });
      if (closed) stream.end();
      return stream.body;
    },
    close: async () => {
      closed = true;
      clearInterval(heartbeat);
      for (const stream of streams()) stream.end();
      await stopListening();
    },
  };
}
