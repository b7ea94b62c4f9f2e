export const DAY_MS = 86_400_000;

/** The last moment the contract can write. */
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** A moment so many days after another (before, when negative), as the contract writes it. */
export function daysAfter(instant: string, days: number): string {
  return instantOf(Date.parse(instant) + Math.round(days * DAY_MS));
}

/** The contract's text for milliseconds since 1970; what it cannot write becomes the nearest it can. */
export function instantOf(milliseconds: number): string {
  return new Date(Math.min(Math.max(milliseconds, 0), LAST_MS)).toISOString();
}

/** The earliest of some instants; they are all written alike, so they sort as text. */
export function earliest(instants: Iterable<string | undefined>): string | undefined {
  let first: string | undefined;
  for (const instant of instants) {
    if (instant !== undefined && (first === undefined || instant < first)) first = instant;
  }
  return first;
}
