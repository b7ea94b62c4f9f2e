import { z } from 'zod';
import { Id, Instant } from './primitives.ts';
import { Actor } from './stage.ts';

/** Two people who turned out to be one: everything of `otherId` went to `keptId`, and their old id leads there. */
export const Merge = z.object({
  id: Id,
  keptId: Id,
  otherId: Id,
  at: Instant,
  by: Actor,
  undoneAt: Instant.optional(),
});
export type Merge = z.infer<typeof Merge>;

export const NewMerge = z.object({ otherId: Id });
