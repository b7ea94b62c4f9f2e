import { z } from 'zod';
import { StageState } from './stage.ts';

/** RFC 9457. `type` is stable: `urn:tandem:problem:<name>`. */
export const ProblemName = z.enum([
  'invalid',
  'signed-out',
  'forbidden',
  'not-found',
  'conflict',
  'undo-expired',
  'stage-changed',
  'not-editable',
  'idempotency-key-reused',
  'too-large',
  'too-many-requests',
  'unavailable',
  'internal',
]);
export type ProblemName = z.infer<typeof ProblemName>;

export const problemType = (name: ProblemName) => `urn:tandem:problem:${name}`;

export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  /** With `stage-changed`: the stage as it is now. */
  current: StageState.optional(),
  /** Where in the request something is wrong, as a JSON pointer, and what. */
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
  /** With `internal`: by which the hub's log knows this request. */
  requestId: z.string().optional(),
});
export type Problem = z.infer<typeof Problem>;
