import type { Hub } from '../hub.ts';
import { logFailure } from '../log-failure.ts';
import type { WriteTransaction } from '../store/database.ts';
import { transact } from '../store/transact.ts';
import type { Connector } from './connector.ts';
import {
  type ClaimedSource,
  holdLease,
  LeaseLostError,
  releaseLease,
  RENEW_AFTER_MS,
  saveFailure,
  saveNextRound,
} from './lease.ts';
import { connectorOf, type OpenSource, openSource } from './open-source.ts';
import { newHistory, nextDue, nextPull, nextRound, ROUND_MS } from './plan-pulls.ts';
import { beginPulls, readPulls, savePullFailure, type StoredPull } from './pull-store.ts';
import { readPage } from './read-page.ts';
import { SourceError, type SourceFailure } from './source-error.ts';
import { writeStatus } from './source-status.ts';
import { readSources } from './source-store.ts';
import { storePage } from './store-page.ts';

/** Then others have their turn; a source with more to bring in gets its next one at once. */
const TURN_MS = 30_000;
const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 60 * 60_000;

/** What concerns the system as a whole: its other pulls would meet the same. */
const OF_EVERYTHING: readonly SourceFailure[] = [
  'signed-out',
  'sealed',
  'refused',
  'unreachable',
  'timeout',
  'rate-limited',
];

/**
 * Brings in what a claimed source has to say, page by page, until there is nothing to do or the turn is over. No
 * transaction is open while the system answers. Never rejects because of the system.
 */
export async function takeTurn(hub: Hub, claimed: ClaimedSource, isStopped: () => boolean): Promise<void> {
  const connector = connectorOf(hub, claimed.source.system);
  const now = hub.sources.time.now();
  // A newer hub has left it out, and this one was started again: somebody may bring it back.
  if (!connector) return release(hub, claimed, later(now, LONGEST_WAIT_MS));
  const lost = new AbortController();
  try {
    await release(hub, claimed, await bringIn(hub, claimed, { connector, lost, isStopped }));
  } catch (error) {
    if (error instanceof LeaseLostError || lost.signal.aborted) return;
    if (hub.stopping.aborted) return release(hub, claimed, now);
    if (error instanceof SourceError) return fail(hub, claimed, error);
    logFailure(hub.logger, error, 'source failed');
    await release(hub, claimed, later(hub.sources.time.now(), FIRST_WAIT_MS));
  }
}

/** @returns when there is something to do again. */
async function bringIn(
  hub: Hub,
  claimed: ClaimedSource,
  { connector, lost, isStopped }: { connector: Connector; lost: AbortController; isStopped: () => boolean },
): Promise<Date> {
  const { workspaceId } = hub;
  const { time } = hub.sources;
  const { system } = claimed.source;
  const db = hub.databaseOf(workspaceId);
  const source = open(hub, claimed, connector, lost);
  const endsAt = later(time.now(), TURN_MS);
  let lastLane: StoredPull['lane'] | null = null;
  for (;;) {
    const now = time.now();
    if (isStopped() || hub.stopping.aborted || now >= endsAt) return now;
    const pulls = await readPulls(db, workspaceId, system);
    const [{ nextRoundAt } = claimed.source] = await readSources(db, workspaceId, system);
    if (nextRoundAt <= now.toISOString() || newHistory(connector, pulls).length > 0) {
      await inTransaction(hub, claimed, (tx) => begin(tx, hub, claimed, connector));
      continue;
    }
    const pull = nextPull(pulls, lastLane, now);
    if (!pull) return nextDue(pulls, nextRoundAt);
    lastLane = pull.lane;
    await step(hub, claimed, source, pull);
  }
}

/** Opens the source so that its lease is kept for as long as requests are made. */
function open(hub: Hub, claimed: ClaimedSource, connector: Connector, lost: AbortController): OpenSource {
  const { time, fetch } = hub.sources;
  let renewedAt = time.now().getTime();
  return openSource(hub, connector, claimed.source, {
    signal: AbortSignal.any([hub.stopping, lost.signal]),
    fetch: async (request) => {
      const now = time.now();
      if (now.getTime() - renewedAt > RENEW_AFTER_MS) {
        renewedAt = now.getTime();
        await holdLease(hub.databaseOf(hub.workspaceId), hub.workspaceId, claimed, now).catch(
          (error: unknown) => {
            lost.abort(error);
            throw error;
          },
        );
      }
      return fetch(request);
    },
  });
}

/** Begins what is due: all there is the first time, and every few minutes what has changed. */
async function begin(
  tx: WriteTransaction,
  { workspaceId, sources: { time } }: Hub,
  claimed: ClaimedSource,
  connector: Connector,
): Promise<void> {
  const { system } = claimed.source;
  const now = time.now();
  const pulls = await readPulls(tx, workspaceId, system);
  const history = newHistory(connector, pulls);
  if (history.length > 0) await beginPulls(tx, workspaceId, system, history, now);
  const [source] = await readSources(tx, workspaceId, system);
  if (!source || source.nextRoundAt > now.toISOString()) return;
  await beginPulls(tx, workspaceId, system, nextRound(connector, pulls), now);
  await saveNextRound(tx, workspaceId, claimed, later(now, ROUND_MS));
}

/** Asks for a page and stores it. What keeps only this pull from going on is noted, and the others go on. */
async function step(hub: Hub, claimed: ClaimedSource, source: OpenSource, pull: StoredPull): Promise<void> {
  const { workspaceId } = hub;
  const { system } = claimed.source;
  const origin = { workspaceId, system, tenant: source.tenant };
  try {
    const page = await ask(hub, source, pull);
    await inTransaction(hub, claimed, (tx, now) => storePage(tx, { hub, claimed, origin, pull }, page, now));
    hub.wake();
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    if (OF_EVERYTHING.includes(error.failure) || error.retryAt) throw error;
    await inTransaction(hub, claimed, async (tx, now) => {
      const retryAt = later(now, ROUND_MS);
      await savePullFailure(tx, workspaceId, system, pull, { error, retryAt });
      await writeStatus(tx, workspaceId, system, now);
    });
  }
}

/** @throws SourceError, also where the connector itself stumbles over an answer. */
async function ask(hub: Hub, source: OpenSource, pull: StoredPull) {
  try {
    return await readPage(source, pull.pull, pull);
  } catch (error) {
    if (error instanceof SourceError || error instanceof LeaseLostError || hub.stopping.aborted) throw error;
    logFailure(hub.logger, error, 'connector failed');
    throw new SourceError('unreadable', { detail: 'the connector failed; the log says where' });
  }
}

/** Gives the source back for now; it waits longer each time, or as long as it says itself. */
async function fail(hub: Hub, claimed: ClaimedSource, error: SourceError): Promise<void> {
  const longest = Math.min(FIRST_WAIT_MS * 2 ** claimed.source.failures, LONGEST_WAIT_MS);
  // A random part of it, so that what failed together does not come back together.
  const wait = Math.round(longest * (0.5 + Math.random() / 2));
  await inTransaction(hub, claimed, async (tx, now) => {
    await saveFailure(tx, hub.workspaceId, claimed, error, now);
    await writeStatus(tx, hub.workspaceId, claimed.source.system, now);
    await releaseLease(tx, hub.workspaceId, claimed, error.retryAt ?? later(now, wait));
  }).catch(ignoreLost);
}

function release(hub: Hub, claimed: ClaimedSource, dueAt: Date): Promise<void> {
  return inTransaction(hub, claimed, (tx) => releaseLease(tx, hub.workspaceId, claimed, dueAt)).catch(
    ignoreLost,
  );
}

/** @throws LeaseLostError, and changes nothing then. */
function inTransaction(
  hub: Hub,
  claimed: ClaimedSource,
  work: (tx: WriteTransaction, now: Date) => Promise<void>,
): Promise<void> {
  const { workspaceId } = hub;
  const now = hub.sources.time.now();
  return transact(hub.databaseOf(workspaceId), workspaceId, now, async (tx) => {
    await holdLease(tx, workspaceId, claimed, now);
    await work(tx, now);
  });
}

const later = (now: Date, milliseconds: number) => new Date(now.getTime() + milliseconds);

function ignoreLost(error: unknown): void {
  if (!(error instanceof LeaseLostError)) throw error;
}
