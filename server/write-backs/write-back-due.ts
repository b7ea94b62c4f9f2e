import type { LocalText } from '../../utils/contract/primitives.ts';
import { failureWords } from '../connectors/failure-words.ts';
import { connectorOf, openSource } from '../connectors/open-source.ts';
import { SourceError } from '../connectors/source-error.ts';
import { readSources } from '../connectors/source-store.ts';
import { outcomeWords } from '../deliveries/outcome.ts';
import { MAX_ATTEMPTS, nextAttempt } from '../deliveries/schedule.ts';
import type { Hub } from '../hub.ts';
import { logFailure } from '../log-failure.ts';
import { transact } from '../store/transact.ts';
import { readNote } from './feedback-note.ts';
import {
  claimWriteBack,
  type ClaimedWriteBack,
  dropWriteBack,
  type Settlement,
  settleWriteBack,
} from './write-back-store.ts';

const AT_ONCE = 4;
/** The pull of the same system is to get its turn, too. */
const AT_ONCE_PER_SYSTEM = 2;
/** One attempt with all its requests; the lease is longer. */
const PATIENCE_MS = 60_000;
/** What the system will answer the next time as well. */
const FINAL: readonly SourceError['failure'][] = ['rejected', 'not-found'];

/**
 * Writes the feedback that is due into the systems its leads come from, several at once, until nothing is due. As with
 * deliveries no transaction is open while another system answers (docs/decisions/0012-deliveries.md).
 */
export async function writeBackDue(hub: Hub, isStopped: () => boolean = () => false): Promise<void> {
  const underWay = new Map<Promise<void>, string>();
  for (;;) {
    const held = underWay.size;
    const full = isStopped() || held >= AT_ONCE;
    const claimed = full ? null : await claim(hub, [...underWay.values()]);
    if (claimed) {
      const done = writeBack(hub, claimed).finally(() => underWay.delete(done));
      underWay.set(done, claimed.system);
    } else if (held === 0) return;
    // One that ended while the next was looked for may have made room for another of its system.
    else if (underWay.size === held) await Promise.race(underWay.keys());
  }
}

function claim(hub: Hub, systems: readonly string[]): Promise<ClaimedWriteBack | null> {
  const count = (system: string) => systems.filter((other) => other === system).length;
  const busySystems = [...new Set(systems)].filter((system) => count(system) >= AT_ONCE_PER_SYSTEM);
  const { workspaceId } = hub;
  return claimWriteBack(hub, hub.databaseOf(workspaceId), workspaceId, { busySystems, now: hub.clock() });
}

/** Never rejects: what goes wrong with one must not stop the others. */
async function writeBack(hub: Hub, claimed: ClaimedWriteBack): Promise<void> {
  try {
    const settlement = await attempt(hub, claimed);
    const { workspaceId } = hub;
    const now = hub.clock();
    await transact(hub.databaseOf(workspaceId), workspaceId, now, (tx) =>
      settlement
        ? settleWriteBack(tx, workspaceId, claimed, settlement, now)
        : dropWriteBack(tx, workspaceId, claimed),
    );
    hub.live.poke(workspaceId);
  } catch (error) {
    // Its lease will end. A hub that is stopping leaves it to the next one.
    if (!hub.stopping.aborted) logFailure(hub.logger, error, 'feedback not written back');
  }
}

/** Null when there is nothing to write there any more. */
async function attempt(hub: Hub, claimed: ClaimedWriteBack): Promise<Settlement | null> {
  // The last attempt was never settled: whoever made it died each time.
  if (claimed.attempts > MAX_ATTEMPTS) return { state: 'dead', problem: outcomeWords('interrupted', null) };
  const { workspaceId } = hub;
  const { feedbackId, system, remoteId } = claimed;
  const db = hub.databaseOf(workspaceId);
  const connector = connectorOf(hub, system);
  const [source] = await readSources(db, workspaceId, system);
  if (!source || !connector?.writeFeedback) return null;
  const patience = AbortSignal.timeout(PATIENCE_MS);
  try {
    const signal = AbortSignal.any([patience, hub.stopping]);
    const { io, tenant } = openSource(hub, connector, source, { signal });
    const note = await readNote(db, workspaceId, { feedbackId, system, tenant, remoteId });
    if (!note) return null;
    return { state: 'written', ...(await connector.writeFeedback(io, note)) };
  } catch (thrown) {
    hub.stopping.throwIfAborted();
    const error = patience.aborted ? new SourceError('timeout') : thrown;
    if (error instanceof SourceError) {
      const retryAt = FINAL.includes(error.failure) ? null : later(claimed, hub.clock(), error.retryAt);
      return unwritten(failureWords(error), retryAt);
    }
    logFailure(hub.logger, error, 'feedback not written back');
    return unwritten(outcomeWords('failed', null), later(claimed, hub.clock()));
  }
}

function later({ attempts }: ClaimedWriteBack, now: Date, asked: Date | null = null): Date | null {
  const seconds = asked && Math.max(0, Math.ceil((asked.getTime() - now.getTime()) / 1000));
  return nextAttempt(attempts, { now, retryAfter: seconds === null ? null : String(seconds) });
}

const unwritten = (problem: LocalText, dueAt: Date | null): Settlement =>
  dueAt ? { state: 'waiting', problem, dueAt } : { state: 'dead', problem };
