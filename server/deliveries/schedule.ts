const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How long at most before each further attempt, as Standard Webhooks recommends: three days at most in all. */
const WAITS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
] as const;

/** The first one, and one after each wait. */
export const MAX_ATTEMPTS = WAITS.length + 1;

/** Nobody may hold the hub up for longer by asking for it. */
const LONGEST_WAIT = 24 * HOUR;

/**
 * When to try again after so many attempts; null: never. A random part of the wait, so that what failed together does
 * not come back together, but never before the receiver asked for it.
 */
export function nextAttempt(
  attempts: number,
  { now, retryAfter, random = Math.random }: { now: Date; retryAfter: string | null; random?: () => number },
): Date | null {
  const wait = WAITS[attempts - 1];
  if (wait === undefined) return null;
  const asked = Math.min(retryAfterMs(retryAfter, now), LONGEST_WAIT);
  return new Date(now.getTime() + Math.max(Math.round(random() * wait), asked));
}

/** Seconds, or a date (RFC 9110); 0 when it says neither. */
export function retryAfterMs(text: string | null, now: Date): number {
  if (text === null) return 0;
  if (/^\d+$/.test(text.trim())) return Number(text) * SECOND;
  const at = Date.parse(text);
  return Number.isNaN(at) ? 0 : Math.max(0, at - now.getTime());
}
