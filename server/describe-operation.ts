import { z } from '@hono/zod-openapi';
import type { Operation } from '../utils/contract/api.ts';
import { Problem } from '../utils/contract/problem.ts';

export const IDEMPOTENCY_KEY = 'idempotency-key';

const PROBLEM_STATUSES = [400, 401, 403, 404, 409, 413, 422, 429, 500, 503];

/** An operation as OpenAPI describes it; what it says of the request is also what is checked. */
export function describeOperation(name: string, operation: Operation, writes: boolean) {
  const { method, path, summary, roles, params, query, headers, body, response, stream } = operation;
  const problem = {
    description: 'A problem (RFC 9457)',
    content: { 'application/problem+json': { schema: Problem } },
  };
  const done = { description: 'Done' };
  const keyed = writes && roles !== null && !operation.secret;
  return {
    method,
    path,
    summary,
    operationId: name,
    security: roles === null ? [] : [{ bearer: [] }],
    'x-roles': roles ?? [],
    request: {
      ...(params && { params }),
      ...(query && { query }),
      ...(body && { body: { required: true, content: { 'application/json': { schema: body } } } }),
      ...(headers && { headers }),
      ...(keyed && { headers: z.object({ [IDEMPOTENCY_KEY]: z.uuid().optional() }) }),
    },
    responses: {
      ...(response
        ? {
            200: {
              ...done,
              content: { [stream ? 'text/event-stream' : 'application/json']: { schema: response } },
            },
          }
        : { 204: done }),
      ...Object.fromEntries(PROBLEM_STATUSES.map((status) => [status, problem])),
    },
  };
}
