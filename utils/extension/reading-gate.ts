import type { PageReading } from '../contract/page-reading.ts';

/** How long a page must be quiet before a view that has not changed since a navigation is believed. */
export const SETTLE_MS = 300;

/**
 * Decides when a reading may be believed. After a navigation the old view can stand in the page for a
 * while (DESIGN §7): until its id changes, or the page falls quiet, it is not reported.
 */
export function createReadingGate() {
  let lastUrl: string | null = null;
  let viewBefore: string | null | undefined;
  let current: string | null = null;
  let suspectedSince: number | null = null;

  return {
    /**
     * `pass` for a reading to report, `wait` for one that must be read again `SETTLE_MS` after the
     * page's last change. `now` and `quietSince` in milliseconds of one clock.
     */
    judge(url: string, reading: PageReading | null, now: number, quietSince: number): 'pass' | 'wait' {
      const viewId = reading?.viewId ?? null;
      if (url !== lastUrl) {
        suspectedSince = lastUrl === null ? null : now;
        viewBefore = current;
        lastUrl = url;
      }
      const stands = suspectedSince !== null && reading !== null && viewId === viewBefore;
      if (stands && now - Math.max(quietSince, suspectedSince ?? 0) < SETTLE_MS) return 'wait';
      suspectedSince = null;
      current = viewId;
      return 'pass';
    },
  };
}
