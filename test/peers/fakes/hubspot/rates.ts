import { refuse } from './refusals.ts';

/** How many requests an account takes, per kind and window. */
const SEARCHES = { requests: 5, perMs: 1_000 };
const OTHERS = { key: 190, signIn: 110, perMs: 10_000 };

export interface Rates {
  /** The refusal, or the headers of the answer. */
  take: (isSearch: boolean) => Response | Record<string, string>;
}

/**
 * Counts requests as HubSpot does: searches apart, without headers; other requests in a rolling window. Now and then
 * another app of the account has used up what there was.
 */
export function createRates({ isSignIn, now }: { isSignIn: boolean; now: () => Date }): Rates {
  const searches: number[] = [];
  const others: number[] = [];
  let searchCount = 0;
  let otherCount = 0;
  const max = isSignIn ? OTHERS.signIn : OTHERS.key;

  const search = () => {
    searchCount += 1;
    slide(searches, SEARCHES.perMs, now());
    const isTaken = searchCount % 40 === 39;
    if (isTaken || searches.length >= SEARCHES.requests)
      return tooMany('You have reached your secondly limit.', 'SECONDLY');
    searches.push(now().getTime());
    return {};
  };

  return {
    take: (isSearch) => {
      if (isSearch) return search();
      otherCount += 1;
      slide(others, OTHERS.perMs, now());
      const isTaken = otherCount % 120 === 119;
      if (isTaken || others.length >= max)
        return tooMany(
          'You have reached your ten_secondly_rolling limit.',
          'TEN_SECONDLY_ROLLING',
          headers(max, 0),
        );
      others.push(now().getTime());
      return headers(max, max - others.length);
    },
  };
}

function slide(times: number[], perMs: number, now: Date) {
  while (times[0] !== undefined && times[0] <= now.getTime() - perMs) times.shift();
}

const headers = (max: number, remaining: number) => ({
  'x-hubspot-ratelimit-daily': '650000',
  'x-hubspot-ratelimit-daily-remaining': '600000',
  'x-hubspot-ratelimit-interval-milliseconds': String(OTHERS.perMs),
  'x-hubspot-ratelimit-max': String(max),
  'x-hubspot-ratelimit-remaining': String(remaining),
});

const tooMany = (message: string, policyName: string, more: Record<string, string> = {}) =>
  refuse(429, message, { errorType: 'RATE_LIMIT', policyName, groupName: 'publicapi:app' }, more);
