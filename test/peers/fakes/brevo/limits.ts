const HOUR_MS = 3_600_000;

interface Bucket {
  name: string;
  requests: number;
  perMs: number;
}
const BUCKETS: Record<'contacts' | 'others', readonly Bucket[]> = {
  contacts: [
    { name: 'contacts-second', requests: 10, perMs: 1_000 },
    { name: 'contacts-hour', requests: 36_000, perMs: HOUR_MS },
  ],
  others: [{ name: 'others-hour', requests: 100, perMs: HOUR_MS }],
};

/** Brevo's general tier: windows that begin with the first request in them, and headers in every answer. */
export function createLimits(now: () => Date) {
  const windows = new Map<string, { start: number; requests: number }>();
  return {
    /** Counts a request; the headers say how much is left, and `isOver` that there is nothing. */
    take(path: string): { isOver: boolean; headers: Record<string, string> } {
      const at = now().getTime();
      const buckets = BUCKETS[path.startsWith('/v3/contacts') ? 'contacts' : 'others'];
      const states = buckets.map((bucket) => {
        const known = windows.get(bucket.name);
        const window = known && at - known.start < bucket.perMs ? known : { start: at, requests: 0 };
        windows.set(bucket.name, window);
        return { bucket, window };
      });
      const full = states.find(({ bucket, window }) => window.requests >= bucket.requests);
      if (!full) for (const { window } of states) window.requests += 1;
      const [told = full] = full ? [full] : states;
      if (!told) return { isOver: false, headers: {} };
      const { bucket, window } = told;
      return {
        isOver: full !== undefined,
        headers: {
          'x-sib-ratelimit-limit': String(bucket.requests),
          'x-sib-ratelimit-remaining': String(bucket.requests - window.requests),
          'x-sib-ratelimit-reset': String(Math.ceil((window.start + bucket.perMs - at) / 1_000)),
        },
      };
    },
    /** Somebody else in the company uses the hour's requests. */
    useUp: () => {
      windows.set('others-hour', { start: now().getTime(), requests: 100 });
    },
  };
}
