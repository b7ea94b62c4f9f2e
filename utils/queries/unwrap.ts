import type { Failure, Result } from '../extension/failure.ts';

/** An expected failure as an error, because a query keeps its last good data when an error follows. */
export class FailureError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.kind);
    this.failure = failure;
  }
}

/** The value of a result. Throws a `FailureError` when there is none. */
export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new FailureError(result.error);
  return result.value;
}

/** What went wrong: an expected failure, or null for a bug. */
export const failureOf = (error: unknown): Failure | null =>
  error instanceof FailureError ? error.failure : null;
