import { z } from 'zod';
import { Instant, Text } from './primitives.ts';

/** Absent from the list means unknown, and unknown is shown as unknown, never as yes. */
export const Consent = z.object({
  channel: z.enum(['email', 'phone', 'post']),
  state: z.enum(['granted', 'denied', 'withdrawn']),
  /** The legal basis as the source words it, e.g. "double opt-in". */
  basis: Text.optional(),
  source: z.string().max(64),
  since: Instant,
});
export type Consent = z.infer<typeof Consent>;

export const DoNotContact = z.object({ reason: Text, since: Instant });
export type DoNotContact = z.infer<typeof DoNotContact>;
