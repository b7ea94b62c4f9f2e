import { z } from 'zod';
import { ExternalId } from './primitives.ts';

export const PersonRole = z.enum([
  'sender',
  'recipient',
  'list-sender',
  'draft-recipient',
  'record',
  'participant',
]);
export type PersonRole = z.infer<typeof PersonRole>;

export const PersonOnPage = z.object({
  /** Stable within one view: what the panel's chooser uses to say which person is meant. */
  key: z.string().min(1).max(512),
  /** Absent where the page shows a name or a record only. */
  email: z.string().max(320).optional(),
  name: z.string().max(1000).optional(),
  role: PersonRole,
  /** The person's own record in a CRM: matched before the address. */
  record: ExternalId.optional(),
  /** Two readers disagreed about this person, or there is but a name: ask, do not guess. */
  uncertain: z.literal(true).optional(),
});
export type PersonOnPage = z.infer<typeof PersonOnPage>;

/** Which of a field's readers answered first, for diagnostics: counts, nobody's data. */
export const ReaderTally = z.object({
  role: PersonRole,
  /** How often each reader, the most trusted first, was the first to answer. */
  won: z.array(z.int().nonnegative()).max(10),
  /** How many people the readers disagreed about. */
  disagreed: z.int().nonnegative(),
});
export type ReaderTally = z.infer<typeof ReaderTally>;

/** Who is on a page. Never holds a subject, a body or any other text of the page. */
export const PageReading = z.object({
  site: z.string().max(64),
  view: z.enum(['thread', 'list', 'compose', 'record']),
  /** An id found next to the data (thread, draft, record), so that an old DOM is told from the new. */
  viewId: z.string().max(512).optional(),
  /** The mailbox this page shows; absent when it could not be read, and in a CRM. */
  account: z.string().max(320).optional(),
  people: z.array(PersonOnPage).max(2000),
  readers: z.array(ReaderTally).max(6).optional(),
});
export type PageReading = z.infer<typeof PageReading>;
