import type { Context } from 'hono';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { ProblemError } from '../problem.ts';

const MINUTE_SECONDS = 60;

/** Takes one of the `points` a key has in the time; the answer carries the RateLimit headers. */
export type RateLimit = (c: Context, key: string) => Promise<void>;

/**
 * A limit per key and minute, or another time, kept in memory. Headers after the IETF draft "RateLimit header fields for
 * HTTP" (draft-ietf-httpapi-ratelimit-headers, 2025). Throws `too-many-requests` when nothing is left.
 */
export function createRateLimit(name: string, points: number, seconds = MINUTE_SECONDS): RateLimit {
  const limiter = new RateLimiterMemory({ keyPrefix: name, points, duration: seconds });
  return async (c, key) => {
    const result = await limiter.consume(key).catch((refusal: unknown) => {
      if (refusal instanceof RateLimiterRes) return refusal;
      throw refusal;
    });
    const wait = Math.ceil(result.msBeforeNext / 1000);
    c.header('RateLimit-Policy', `"${name}";q=${points};w=${seconds}`);
    c.header('RateLimit', `"${name}";r=${Math.max(result.remainingPoints, 0)};t=${wait}`);
    if (result.consumedPoints > points) {
      c.header('Retry-After', String(wait));
      throw new ProblemError('too-many-requests', `Try again in ${wait} seconds.`);
    }
  };
}
