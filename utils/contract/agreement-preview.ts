import { z } from 'zod';
import { NewProposal } from './agreement.ts';
import { Id, Instant, Text } from './primitives.ts';
import { Stage } from './stage.ts';

/** A document that somebody is thinking about, as text like a proposal's. */
export const AgreementPreviewRequest = NewProposal.pick({ text: true, format: true });

const Count = z.int().nonnegative();

/**
 * What a document would have meant for the leads of last month: everybody with a touchpoint in it. They are judged as
 * of its end, by what happened until then and by their fields as they are known today.
 */
export const AgreementPreview = z.object({
  from: Instant,
  /** The first moment after the month. */
  to: Instant,
  leads: Count,
  /** There were more, of whom only these were looked at: the latest to become known. */
  cut: z.boolean(),
  /** How many meet what each stage asks for, wherever they stand; `null`: it asks for nothing. */
  stages: z.array(z.object({ stage: Stage, present: Count.nullable(), proposed: Count.nullable() })),
  /** Some for whom it makes a difference: they would now meet what the stage asks for, or no longer. */
  examples: z.array(z.object({ personId: Id, name: Text, stage: Stage, meets: z.boolean() })).max(10),
});
export type AgreementPreview = z.infer<typeof AgreementPreview>;
