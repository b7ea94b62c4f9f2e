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
  email: z.string().max(320).optional(),
  name: z.string().max(1000).optional(),
  role: PersonRole,
  /** Two readers disagreed about this person: ask, do not guess. */
  uncertain: z.literal(true).optional(),
});
export type PersonOnPage = z.infer<typeof PersonOnPage>;

/** Who is on a page. Never holds a subject, a body or any other text of the page. */
export const PageReading = z.object({
  site: z.string().max(64),
  view: z.enum(['thread', 'list', 'compose', 'record']),
  /** An id found next to the data (thread, draft, record), so that an old DOM is told from the new. */
  viewId: z.string().max(512).optional(),
  /** The mailbox this page shows; absent when it could not be read. */
  account: z.string().max(320).optional(),
  people: z.array(PersonOnPage).max(2000),
  record: ExternalId.extend({ tenant: z.string().max(256).optional() }).optional(),
});
export type PageReading = z.infer<typeof PageReading>;
