import { z } from 'zod';
import { Problem } from '../contract/problem.ts';

/** Failures we expect and have a screen for (DESIGN §11). Anything else is a bug and throws. */
export const Failure = z.object({
  kind: z.enum([
    'offline',
    'signed-out',
    'forbidden',
    'not-found',
    'conflict',
    'invalid',
    'too-many-requests',
    'hub-too-old',
    'hub-error',
  ]),
  problem: Problem.optional(),
});
export type Failure = z.infer<typeof Failure>;

/** `Error` objects do not survive messaging between contexts; this does. */
export const resultOf = <T extends z.ZodType>(value: T) =>
  z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), error: Failure }),
  ]);
export type Result<T> = { ok: true; value: T } | { ok: false; error: Failure };
