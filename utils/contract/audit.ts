import { z } from 'zod';
import { Id, Instant, Label } from './primitives.ts';

/** One line of the audit log: who did what to whom, and when. */
export const AuditEvent = z.object({
  id: Id,
  at: Instant,
  /** The operation's name, as in the hub's OpenAPI document, or `personViewed`: then the first time on that day. */
  action: z.string().min(1).max(64),
  /** Absent when the hub did it by itself. */
  by: z.object({ id: Id, name: Label }).optional(),
  /** The person, user or thing it was done to; of an erased person what stands in their place. */
  subjectId: Id.optional(),
  details: z.record(z.string(), z.unknown()).optional(),
});
export type AuditEvent = z.infer<typeof AuditEvent>;

export const AuditFilter = z.object({
  action: z.string().max(64).optional(),
  userId: Id.optional(),
  subjectId: Id.optional(),
  from: Instant.optional(),
  to: Instant.optional(),
});
export type AuditFilter = z.infer<typeof AuditFilter>;
