import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { type Problem, type ProblemName, problemType } from '../utils/contract/problem.ts';
import { isConnectionLost } from './store/connection-failure.ts';
import { sqlState } from './store/sql-state.ts';

const PROBLEMS: Record<
  ProblemName,
  { status: 400 | 401 | 403 | 404 | 409 | 413 | 422 | 429 | 500 | 503; title: string }
> = {
  invalid: { status: 400, title: 'The request is not valid' },
  'signed-out': { status: 401, title: 'Not signed in' },
  forbidden: { status: 403, title: 'Your role may not do this' },
  'not-found': { status: 404, title: 'There is no such thing' },
  conflict: { status: 409, title: 'This contradicts what is stored' },
  'undo-expired': { status: 409, title: 'Too late to undo' },
  'stage-changed': { status: 409, title: 'The lead has moved on' },
  'not-editable': { status: 409, title: 'Too late to hold this' },
  'idempotency-key-reused': { status: 422, title: 'This Idempotency-Key was used for another request' },
  'too-large': { status: 413, title: 'The request is too large' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  unavailable: { status: 503, title: 'The database cannot be reached' },
  internal: { status: 500, title: 'The hub failed' },
};

/** What a problem may say besides. */
type ProblemMore = Pick<Problem, 'errors' | 'current' | 'requestId'>;

/** An expected failure: ends the request, takes back what its transaction wrote, and becomes the answer. */
export class ProblemError extends Error {
  readonly problem: ProblemName;
  readonly more: ProblemMore;

  constructor(problem: ProblemName, detail: string, more: Problem['errors'] | ProblemMore = {}) {
    super(detail);
    this.problem = problem;
    this.more = Array.isArray(more) ? { errors: more } : more;
  }
}

/** Answers with a problem of the contract (RFC 9457). */
export function answerProblem(
  c: Context,
  name: ProblemName,
  detail?: string,
  more: ProblemMore = {},
): Response {
  const { status, title } = PROBLEMS[name];
  if (name === 'signed-out') c.header('WWW-Authenticate', 'Bearer');
  return c.json(
    {
      type: problemType(name),
      title,
      status,
      ...(detail === undefined ? {} : { detail }),
      ...more,
    } satisfies Problem,
    status,
    { 'content-type': 'application/problem+json' },
  );
}

/** Turns anything thrown into a problem; null when it is a bug, to be logged and answered with `internal`. */
export function answerThrown(c: Context, error: Error): Response | null {
  if (error instanceof ProblemError) return answerProblem(c, error.problem, error.message, error.more);
  if (error instanceof HTTPException && error.status < 500) {
    const detail = error.status === 415 ? 'The body must be JSON, sent as application/json.' : error.message;
    return answerProblem(c, 'invalid', detail);
  }
  if (isConnectionLost(error)) {
    c.header('Retry-After', '2');
    return answerProblem(
      c,
      'unavailable',
      'Try again in a moment. What was not acknowledged may be sent again.',
    );
  }
  const state = sqlState(error);
  // Class 22, data exception: e.g. a NUL character or half a surrogate pair, which PostgreSQL cannot hold.
  if (state?.startsWith('22'))
    return answerProblem(c, 'invalid', 'The request holds a value that cannot be stored.');
  // Unique violation, serialization failure, deadlock: two requests wrote the same thing at once.
  if (state !== undefined && ['23505', '40001', '40P01'].includes(state))
    return answerProblem(c, 'conflict', 'The same thing was stored at this moment. Try again.');
  return null;
}
