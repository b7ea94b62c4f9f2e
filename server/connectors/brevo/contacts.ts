import { z } from 'zod';
import type { BrevoIo } from './api.ts';

export const Contact = z.object({
  id: z.number(),
  email: z.string().nullish(),
  emailBlacklisted: z.boolean().catch(false),
  smsBlacklisted: z.boolean().catch(false),
  createdAt: z.string().nullish(),
  modifiedAt: z.string().nullish(),
  listIds: z
    .array(z.number())
    .nullish()
    .transform((ids) => ids ?? []),
  attributes: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((attributes) => attributes ?? {}),
});
export type Contact = z.output<typeof Contact>;

/** Up to which contact a list was read: its id, and where it stood. */
export interface Position {
  after: number;
  offset: number;
}

/**
 * The contacts after a position, in the order in which they were created, which is that of their ids. Brevo pages by
 * offset only. While it is read a list grows, by what is changed meanwhile; then a page begins with contacts that were
 * read before, which are left out. And it shrinks, by what is deleted; then the contacts after it move up, and a page
 * that began at the next offset would pass some over. So a page begins some way before the end of the last one, and
 * when even its first contact is new, it is read again from further ahead.
 */
export async function readContacts(
  io: BrevoIo,
  { after, offset }: Position,
  { limit, ...filter }: { limit: number; modifiedSince?: string; listIds?: number },
): Promise<{ contacts: Contact[]; next: Position | null; total: number }> {
  const { body } = await io.request('/contacts', {
    query: { ...filter, limit, offset, sort: 'asc' },
    schema: z.object({ contacts: z.array(Contact), count: z.number() }),
  });
  const { contacts, count: total } = body;
  const [first] = contacts;
  if (offset > 0 && (!first || first.id > after)) {
    return { contacts: [], next: { after, offset: Math.max(0, offset - limit) }, total };
  }
  const fresh = contacts.filter(({ id }) => id > after);
  const end = offset + contacts.length;
  const last = contacts.at(-1);
  const isLast = !last || end >= total;
  return {
    contacts: fresh,
    next: isLast
      ? null
      : { after: Math.max(after, last.id), offset: Math.max(offset + 1, end - overlap(limit)) },
    total,
  };
}

const overlap = (limit: number) => Math.ceil(limit / 50);

/** Contacts who gave only a number have an address that Brevo made up. */
export const emailOf = ({ email }: Contact): string | undefined =>
  email == null || email.endsWith('@mailin-sms.com') ? undefined : email;
