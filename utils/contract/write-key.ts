import { z } from 'zod';
import { Id, Instant, Label } from './primitives.ts';

/** What a program sends data with; the key itself is known to nobody later. */
export const WriteKey = z.object({
  id: Id,
  /** Which program it is for. */
  name: Label,
  createdBy: z.object({ id: Id, name: Label }),
  createdAt: Instant,
  /** To the hour; null: never. */
  lastUsedAt: Instant.nullable(),
});
export type WriteKey = z.infer<typeof WriteKey>;

export const NewWriteKey = z.object({ name: Label.max(200) });

/** The key is shown this once. */
export const CreatedWriteKey = WriteKey.extend({ key: z.string().min(1) });
