import { z } from 'zod';
import { Instant, LocalText } from './primitives.ts';
import { Stage } from './stage.ts';

/** Why a lead goes back: who acts on it, and whether to nurture it again or to drop it. */
export const Reason = z.object({
  id: z.string().min(1).max(64),
  label: LocalText,
  team: z.enum(['marketing', 'sales']),
  outcome: z.enum(['recycle', 'remove']),
});
export type Reason = z.infer<typeof Reason>;

/** The words both teams agreed on. One document per workspace, versioned. */
export const Agreement = z.object({
  version: z.int().positive(),
  inForceSince: Instant,
  stages: z.array(z.object({ stage: Stage, label: LocalText, definition: LocalText })),
  reasons: z.array(Reason),
  /** When true a lead cannot be returned without saying why. */
  returnNeedsReason: z.boolean(),
});
export type Agreement = z.infer<typeof Agreement>;
