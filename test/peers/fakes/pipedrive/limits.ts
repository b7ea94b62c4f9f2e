const WINDOW_MS = 2_000;
const BURST = { key: 20, signIn: 80 };
const TOKENS_A_DAY = 30_000;
/** At every so many requests the window is full already: whoever has the same token asks, too. */
const OTHERS_EVERY = 17;

/** What a request costs of the day's allowance, as the vendor's description says. The first that fits; else 10. */
const COSTS: readonly (readonly [request: RegExp, tokens: number])[] = [
  [/^GET \/api\/v1\/users\/me$/, 2],
  [/^GET \/api\/v1\/leads\/archived$/, 40],
  [/^GET \/api\/v2\/stages$/, 5],
  [/^GET \/api\/v1\/(?:leads|users|notes)$/, 20],
  [/^GET \/api\/v2\/deals\/archived$/, 20],
  [/^DELETE \/api\/v1\/notes\/\d+$/, 6],
];

/** The smallest plan: so many requests in two seconds, and tokens that last for a day, of which no answer says anything. */
export function createLimits({ now, isSignIn }: { now: () => Date; isSignIn: boolean }) {
  const most = isSignIn ? BURST.signIn : BURST.key;
  let window = { start: -Infinity, requests: 0 };
  let day = { date: '', tokens: 0 };
  let count = 0;

  return {
    /** Counts a request; `isOver`: it is turned away. */
    take(request: string): { isOver: boolean; headers: Record<string, string> } {
      const at = now().getTime();
      const date = now().toISOString().slice(0, 10);
      if (at - window.start >= WINDOW_MS) window = { start: at, requests: 0 };
      if (day.date !== date) day = { date, tokens: 0 };
      count += 1;
      if (count % OTHERS_EVERY === 0) window.requests = most;
      const isOver = window.requests >= most || day.tokens >= TOKENS_A_DAY;
      window.requests = Math.min(most, window.requests + 1);
      if (!isOver) day.tokens += COSTS.find(([pattern]) => pattern.test(request))?.[1] ?? 10;
      return {
        isOver,
        headers: {
          'x-ratelimit-limit': String(most),
          'x-ratelimit-remaining': String(most - window.requests),
          'x-ratelimit-reset': String(Math.ceil((window.start + WINDOW_MS - at) / 1_000)),
        },
      };
    },
    /** Others in the company, of whom each look at a page counts as well, use today's tokens. */
    useUp: () => {
      day = { date: now().toISOString().slice(0, 10), tokens: TOKENS_A_DAY };
    },
    /** What today's requests have cost. */
    get spent() {
      return day.tokens;
    },
  };
}
