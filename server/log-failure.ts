import type { Hub } from './hub.ts';
import { sqlState } from './store/sql-state.ts';

/** Logs a bug by its kind and place. Without the message: PostgreSQL quotes values in it. */
export function logFailure(logger: Hub['logger'], error: unknown, what: string): void {
  const { name, message, stack } = error instanceof Error ? error : new Error(typeof error);
  // The trace begins with the message, whose lines may look like its own.
  const where = stack
    ?.replace(message, '')
    .split('\n')
    .filter((line) => line.startsWith('    at '));
  logger.error({ name, code: error instanceof Error ? sqlState(error) : undefined, where }, what);
}
