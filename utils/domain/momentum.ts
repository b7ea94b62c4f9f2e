import type { Momentum } from '../contract/qualification.ts';

/** Changes smaller than this part of the larger figure say nothing. */
const STEADY = 0.2;

/** Which way a figure goes from what it was to what it is. */
export function momentumOf(before: number, now: number): Momentum {
  if (Math.abs(now - before) <= STEADY * Math.max(now, before)) return 'steady';
  return now > before ? 'rising' : 'falling';
}
