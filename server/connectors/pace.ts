import type { Limit } from './connector.ts';
import { SourceError } from './source-error.ts';

/** What time is to a connector: the real one, or a fake system's. */
export interface SourceTime {
  now: () => Date;
  /** Ends early, by rejecting, once the signal is aborted. */
  sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

/** What is longer is not waited for with a request under way: the runner comes back later. */
export const LONGEST_WAIT_MS = 60_000;

/** Keeps requests within the limits of a system; one for all that talk to it. */
export interface Pace {
  /**
   * Resolves when a request may be sent, which then counts.
   *
   * @throws SourceError `rate-limited` when that would be too long.
   */
  turn: (path: string, limits: readonly Limit[], signal?: AbortSignal) => Promise<void>;
  /** The system asked for quiet until then. */
  pause: (until: Date) => void;
}

export function createPace(time: SourceTime): Pace {
  /** When each request was sent, by limit; a window slides over them. */
  const sent = new Map<number, number[]>();
  let pausedUntil = 0;

  const freeAt = (index: number, limit: Limit, now: number) => {
    const times = sent.get(index) ?? [];
    while ((times[0] ?? now) <= now - limit.perMs) times.shift();
    sent.set(index, times);
    const first = times[times.length - limit.requests];
    return first === undefined ? now : first + limit.perMs;
  };

  return {
    async turn(path, limits, signal) {
      const applying = [...limits.entries()].filter(([, { applies }]) => applies?.(path) ?? true);
      for (;;) {
        const now = time.now().getTime();
        const at = Math.max(pausedUntil, now, ...applying.map(([index, limit]) => freeAt(index, limit, now)));
        if (at - now > LONGEST_WAIT_MS) throw new SourceError('rate-limited', { retryAt: new Date(at) });
        if (at <= now) {
          // No pause between looking and counting: several may ask at once.
          for (const [index] of applying) sent.get(index)?.push(now);
          return;
        }
        await time.sleep(at - now, signal);
      }
    },
    pause(until) {
      pausedUntil = Math.max(pausedUntil, until.getTime());
    },
  };
}
