import type { Hub } from '../hub.ts';
import { logFailure } from '../log-failure.ts';
import { claimSource } from './lease.ts';
import { takeTurn } from './take-turn.ts';

const AT_ONCE = 4;

/**
 * Gives every source that is due its turn, several at once, until none is. Whoever is at a source holds it by a lease, so
 * that several hubs share the work, and another goes on where one has died.
 */
export async function runSources(hub: Hub, isStopped: () => boolean = () => false): Promise<void> {
  const underWay = new Set<Promise<void>>();
  for (;;) {
    const held = underWay.size;
    const full = isStopped() || held >= AT_ONCE;
    const claimed = full
      ? null
      : await claimSource(hub.databaseOf(hub.workspaceId), hub.workspaceId, hub.sources.time.now());
    if (claimed) {
      const turn: Promise<void> = takeTurn(hub, claimed, isStopped)
        // Its lease will end.
        .catch((error: unknown) => logFailure(hub.logger, error, 'source not released'))
        .finally(() => underWay.delete(turn));
      underWay.add(turn);
    } else if (held === 0) return;
    // What ended while the next was looked for may be due again.
    else if (underWay.size === held) await Promise.race(underWay);
  }
}
