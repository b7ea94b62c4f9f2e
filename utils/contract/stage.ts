import { z } from 'zod';
import { Id, Instant, Text } from './primitives.ts';
import { STAGES } from './stages.ts';

export const Stage = z.enum(STAGES);
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
  /** An undo takes back, a correction mends the event `refersTo` names. */
  kind: z.enum(['move', 'undo', 'correction']).default('move'),
  refersTo: Id.optional(),
});
export type StageEvent = z.infer<typeof StageEvent>;

/** A lead's present stage: its latest event, and the source's own word beside it. */
export const StageState = z.object({
  /** The event that brought it; who moves the lead on says which one they saw. */
  eventId: Id,
  stage: Stage,
  since: Instant,
  by: Actor,
  reason: z.string().max(64).optional(),
  agreementVersion: z.int().positive(),
  /** `mappedTo`: the stage it stands for; `null` when nobody has said. */
  sourceStatus: z.object({ system: z.string().max(64), value: Text, mappedTo: Stage.nullable() }).optional(),
});
export type StageState = z.infer<typeof StageState>;

/** A move by hand. `basedOn`: the event whose stage the mover saw; another one answers `stage-changed`. */
export const NewStageChange = z.object({
  id: Id,
  personId: Id,
  to: Stage,
  basedOn: Id,
  reason: z.string().max(64).optional(),
  /** The event that this takes back (within `UNDO_MS`, by its author) or mends. */
  undoes: Id.optional(),
  corrects: Id.optional(),
  clientTime: Instant,
});
export type NewStageChange = z.infer<typeof NewStageChange>;
