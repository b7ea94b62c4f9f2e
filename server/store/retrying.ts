import { setTimeout as sleep } from 'node:timers/promises';
import { sqlState } from './sql-state.ts';
import { isConnectionLost, NoPrimaryError, OutcomeUnknownError } from './connection-failure.ts';

const ATTEMPTS = 6;
const FIRST_WAIT_MS = 20;

/** Serialization failure and deadlock: two transactions were in each other's way, and this one gave in. */
const IN_THE_WAY = new Set(['40001', '40P01']);

/**
 * Runs work on the database, and once more when nothing of it was kept: the server was lost, or another transaction
 * was in the way.
 *
 * @param repeatable whether doing it twice has one effect, so that it may also be repeated when the server was lost
 *   at the very end and nobody knows whether it was kept.
 */
export async function retrying<Result>(
  work: () => Promise<Result>,
  { repeatable }: { repeatable: boolean },
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || !mayRetry(error, repeatable)) throw error;
      // Full jitter, so that those in each other's way do not meet again.
      await sleep(Math.random() * FIRST_WAIT_MS * 2 ** attempt);
    }
  }
}

function mayRetry(error: unknown, repeatable: boolean): boolean {
  if (error instanceof OutcomeUnknownError) return repeatable;
  // It was waited for already.
  if (error instanceof NoPrimaryError) return false;
  if (isConnectionLost(error)) return true;
  return error instanceof Error && IN_THE_WAY.has(sqlState(error) ?? '');
}
