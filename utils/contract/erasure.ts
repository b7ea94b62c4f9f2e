import { z } from 'zod';
import { EmailAddress, ExternalId, Id, Instant } from './primitives.ts';

/** Everything the hub holds of a person, as its tables hold it. */
export const PersonExport = z.object({
  /** Of merged people the kept one's, whichever was asked for. */
  personId: Id,
  at: Instant,
  tables: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
});
export type PersonExport = z.infer<typeof PersonExport>;

/** Whom sources may bring back after all, by an address or record that led to them. */
export const ErasureLift = z.union([z.object({ email: EmailAddress }), z.object({ record: ExternalId })]);
export type ErasureLift = z.infer<typeof ErasureLift>;
