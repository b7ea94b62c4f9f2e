import type { Hub } from '../hub.ts';
import { logFailure } from '../log-failure.ts';
import { noteAttempt, readChannels } from './channel-store.ts';
import {
  claimDelivery,
  type ClaimedDelivery,
  dropDelivery,
  settleDelivery,
  type Settlement,
} from './delivery-store.ts';
import type { Posted } from './post.ts';
import { readStory } from './read-story.ts';
import { MAX_ATTEMPTS, nextAttempt } from './schedule.ts';
import { send } from './send.ts';
import { transact } from '../store/transact.ts';

const AT_ONCE = 8;
/** So that a channel that hangs leaves room for the others. */
const AT_ONCE_PER_CHANNEL = 4;

/**
 * Delivers what is due, several at once, until nothing is. No transaction is open while another system answers: whoever
 * is at a delivery holds it by a lease (docs/decisions/0012-deliveries.md).
 */
export async function deliverDue(hub: Hub, isStopped: () => boolean = () => false): Promise<void> {
  const underWay = new Map<string, { channelId: string; done: Promise<void> }>();
  for (;;) {
    const held = underWay.size;
    const full = isStopped() || held >= AT_ONCE;
    const claimed = full ? null : await claim(hub, underWay.values());
    if (claimed) {
      const done = deliver(hub, claimed).finally(() => underWay.delete(claimed.id));
      underWay.set(claimed.id, { channelId: claimed.channelId, done });
    } else if (held === 0) return;
    // One that ended while the next was looked for may have made room for another of its channel.
    else if (underWay.size === held) await Promise.race([...underWay.values()].map(({ done }) => done));
  }
}

function claim(hub: Hub, underWay: Iterable<{ channelId: string }>): Promise<ClaimedDelivery | null> {
  const counts = new Map<string, number>();
  for (const { channelId } of underWay) counts.set(channelId, (counts.get(channelId) ?? 0) + 1);
  const busy = [...counts].flatMap(([id, count]) => (count >= AT_ONCE_PER_CHANNEL ? [id] : []));
  return claimDelivery(hub.databaseOf(hub.workspaceId), hub.workspaceId, busy, hub.clock());
}

/** Never rejects: what goes wrong with one must not stop the others. */
async function deliver(hub: Hub, claimed: ClaimedDelivery): Promise<void> {
  try {
    const posted = await attempt(hub, claimed).catch((error: unknown): Posted => {
      logFailure(hub.logger, error, 'delivery failed');
      return { outcome: 'failed', httpStatus: null, retryAfter: null };
    });
    if (posted) await settle(hub, claimed, posted);
  } catch (error) {
    // Its lease will end.
    logFailure(hub.logger, error, 'delivery not settled');
  }
}

/** Null when there was nothing to tell. */
async function attempt(hub: Hub, { id, channelId, attempts, happenedAt, event }: ClaimedDelivery) {
  const { workspaceId } = hub;
  const db = hub.databaseOf(workspaceId);
  // The last attempt was never settled: whoever made it died each time.
  if (attempts > MAX_ATTEMPTS)
    return { outcome: 'interrupted', httpStatus: null, retryAfter: null } satisfies Posted;
  const [channel] = await readChannels(db, workspaceId, channelId);
  const story = channel && (await readStory(db, workspaceId, event));
  if (!channel || !story) {
    await dropDelivery(db, workspaceId, id);
    return null;
  }
  return send(hub, db, workspaceId, channel, { id: `msg_${id}`, at: happenedAt, story });
}

function settle(hub: Hub, claimed: ClaimedDelivery, posted: Posted): Promise<void> {
  const { workspaceId } = hub;
  const now = hub.clock();
  return transact(hub.databaseOf(workspaceId), workspaceId, now, async (tx) => {
    const settled = await settleDelivery(tx, workspaceId, claimed, settlementOf(claimed, posted, now), now);
    if (settled) await noteAttempt(tx, workspaceId, claimed.channelId, posted, now);
  });
}

function settlementOf({ attempts }: ClaimedDelivery, posted: Posted, now: Date): Settlement {
  const { outcome, httpStatus, retryAfter } = posted;
  if (outcome === 'delivered') return { state: 'delivered', outcome, httpStatus };
  const dueAt = outcome === 'gone' ? null : nextAttempt(attempts, { now, retryAfter });
  return dueAt ? { state: 'waiting', dueAt, outcome, httpStatus } : { state: 'dead', outcome, httpStatus };
}
