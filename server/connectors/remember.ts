import type { SourceIo } from './connector.ts';

type Io = Pick<SourceIo<object>, 'settings' | 'now'>;

/** Longer than a page takes, shorter than people wait for a new colleague or form to show. */
const KEPT_MS = 10 * 60_000;

interface Remembered {
  until: number;
  value: Promise<unknown>;
}
const remembered = new WeakMap<object, Map<string, Remembered>>();

/**
 * Asks for what many pages need, such as the owners' names, once per run rather than once per page. Nothing depends on
 * it: whoever comes with new settings asks again.
 */
export function remember<T>(io: Io, what: string, ask: () => Promise<T>): Promise<T> {
  const known = remembered.get(io.settings) ?? new Map<string, Remembered>();
  remembered.set(io.settings, known);
  const now = io.now().getTime();
  const found = known.get(what);
  if (found && found.until > now) return found.value as Promise<T>;
  const value = ask();
  known.set(what, { until: now + KEPT_MS, value });
  // What failed is asked for again by whoever needs it next.
  value.catch(() => known.delete(what));
  return value;
}
