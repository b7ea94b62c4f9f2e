/** As long as a content script lives in a page. */
export interface Lifetime {
  readonly signal: AbortSignal;
  setTimeout(callback: () => void, ms: number): void;
  requestIdleCallback(callback: () => void, options: { timeout: number }): void;
}

/**
 * Timers that do nothing once the signal has aborted. WXT's own hang a listener on its signal each time and
 * never take it off (0.21.4, content-script-context): a mail page that is open for days would hold millions.
 */
export function lifetimeOf(signal: AbortSignal): Lifetime {
  const alive = (callback: () => void) => () => {
    if (!signal.aborted) callback();
  };
  return {
    signal,
    setTimeout: (callback, ms) => setTimeout(alive(callback), ms),
    requestIdleCallback: (callback, options) => requestIdleCallback(alive(callback), options),
  };
}
