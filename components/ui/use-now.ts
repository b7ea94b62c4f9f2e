import { useCallback, useSyncExternalStore } from 'react';

/**
 * The time in milliseconds, in steps of `every`. It is rounded up, so that a deadline is never seen too late
 * and something that just happened is not in the future.
 */
export function useNow(every = 30_000): number {
  const subscribe = useCallback(
    (changed: () => void) => {
      const timer = setInterval(changed, every);
      return () => clearInterval(timer);
    },
    [every],
  );
  return useSyncExternalStore(subscribe, () => Math.ceil(Date.now() / every) * every);
}
