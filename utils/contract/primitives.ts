import { z } from 'zod';

/** Ids are UUIDs made by whoever creates the thing (version 7, so they sort by time). */
export const Id = z.uuid();

/** A moment: UTC, ISO 8601, milliseconds, as `Date.prototype.toISOString` writes it. */
export const Instant = z.iso.datetime({ precision: 3 });

/**
 * Text somebody wrote. Anything goes that a UTF-8 database can hold: no NUL, no lone surrogates.
 * The bound is generous on purpose; the UI must cope with long text, not the writer.
 */
export const Text = z
  .string()
  .max(20_000)
  .refine((text) => text.isWellFormed() && !text.includes('\0'), 'contains characters that cannot be stored');

/** Text that must say something. */
export const Label = Text.refine((text) => text.trim() !== '', 'must not be empty');

/** An id somebody gave by hand, e.g. `no-budget`. */
export const Slug = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be lower-case letters, digits and single dashes');

/** An e-mail address, loosely: sources hold odd ones, and the only use we make of it is equality. */
export const EmailAddress = z
  .string()
  .trim()
  .min(3)
  .max(320)
  .regex(/^[^\s@<>,;"]+@[^\s@<>,;"]+$/, 'is not an e-mail address')
  .refine((text) => text.isWellFormed() && !text.includes('\0'), 'contains characters that cannot be stored');

export const Language = z.enum(['en', 'de']);
export type Language = z.infer<typeof Language>;

export const LocalText = z.object({ en: Label, de: Label });
export type LocalText = z.infer<typeof LocalText>;

/** Where a thing lives in another system: `{system: "hubspot", tenant: "4711", type: "contact", id: "123"}`. */
export const ExternalId = z.object({
  system: z.string().min(1).max(64),
  /** Which installation: host, portal number … Without it no page can be matched, for ids repeat from one to the next. */
  tenant: z.string().min(1).max(256).optional(),
  type: z.string().min(1).max(64),
  id: z.string().min(1).max(256),
});
export type ExternalId = z.infer<typeof ExternalId>;
