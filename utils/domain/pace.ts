/** How much was done at a moment, in milliseconds. */
export interface Sample {
  done: number;
  at: number;
}

/** Before this much time has passed, a pace says nothing. */
const MIN_MS = 400;

/** How fast something goes, and how long the rest takes if it goes on like that; null: too early to say. */
export function paceOf(
  first: Sample,
  now: Sample,
  total: number,
): { perSecond: number; leftMs: number } | null {
  const elapsed = now.at - first.at;
  const done = now.done - first.done;
  if (elapsed < MIN_MS || done <= 0) return null;
  return { perSecond: (done / elapsed) * 1000, leftMs: (Math.max(0, total - now.done) * elapsed) / done };
}
