import { z } from 'zod';
import { Id, Instant, Text } from './primitives.ts';

/** The canonical stages in the order a lead passes them; the last two leave the path. */
export const Stage = z.enum([
  'inquiry',
  'lead',
  'mql',
  'sal',
  'sql',
  'opportunity',
  'customer',
  'recycled',
  'disqualified',
]);
export type Stage = z.infer<typeof Stage>;

/** Who moved a stage: a person by name, a system by its id, or an agreed rule. */
export const Actor = z.object({
  kind: z.enum(['person', 'system', 'rule']),
  id: z.string().max(128).optional(),
  name: Text,
});
export type Actor = z.infer<typeof Actor>;

export const StageEvent = z.object({
  id: Id,
  from: Stage.nullable(),
  to: Stage,
  at: Instant,
  by: Actor,
  /** A reason id of the agreement. */
  reason: z.string().max(64).optional(),
  agreementVersion: z.int().positive(),
});
export type StageEvent = z.infer<typeof StageEvent>;

/** A lead's present stage: its latest event, and the source's own word beside it. */
export const StageState = z.object({
  stage: Stage,
  since: Instant,
  by: Actor,
  reason: z.string().max(64).optional(),
  agreementVersion: z.int().positive(),
  sourceStatus: z.object({ system: z.string().max(64), value: Text }).optional(),
});
export type StageState = z.infer<typeof StageState>;
