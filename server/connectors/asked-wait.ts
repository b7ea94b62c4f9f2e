import { retryAfterMs } from '../deliveries/schedule.ts';

/** E.g. `x-ratelimit-reset`, `x-sib-ratelimit-reset`, `ratelimit-reset`. */
const RESET = /rate-?limit-reset$/;
/** Numbers above these are points in time rather than a wait: in seconds, in milliseconds. */
const EPOCH_SECONDS = 1e9;
const EPOCH_MS = 1e12;

/** How long a system asks to be left alone, by Retry-After or by when its window ends; 0 when it does not say. */
export function askedWait(headers: Headers, now: Date): number {
  const asked = retryAfterMs(headers.get('retry-after'), now);
  if (asked > 0) return asked;
  const resets = [...headers].flatMap(([name, value]) => (RESET.test(name) ? [resetMs(value, now)] : []));
  return Math.max(0, ...resets);
}

function resetMs(text: string, now: Date): number {
  const value = Number(text);
  if (Number.isNaN(value)) return retryAfterMs(text, now);
  if (value > EPOCH_MS) return value - now.getTime();
  return value > EPOCH_SECONDS ? value * 1_000 - now.getTime() : value * 1_000;
}
