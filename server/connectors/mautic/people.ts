import { z } from 'zod';
import { readCountry, readLanguage } from '../../imports/cell-values.ts';
import type { FieldValue } from '../../../utils/contract/criterion.ts';
import { cleanEmails, cleanFieldValue, cleanText, defined } from '../clean-values.ts';
import type { Cursor, Page, SourcePerson } from '../connector.ts';
import {
  changedSince,
  Count,
  Flag,
  Id,
  listOf,
  type MauticIo,
  OptionalText,
  readTable,
  whereQuery,
} from './api.ts';
import { namesOf, userEmails } from './names.ts';

/** Mautic sets no bound, but it builds each contact with all fields: 500 take a small server about two seconds. */
const PAGE = 500;
const MEMBERSHIPS = 10_000;

const Fields = z.record(z.string(), z.unknown());
/** Lists have all fields under `all`; webhooks have them in groups only, each with its description. */
const FieldGroups = z.record(z.string(), z.unknown()).transform((groups) => {
  const all = Fields.safeParse(groups['all']);
  if (all.success && Object.keys(all.data).length > 0) return all.data;
  return Object.fromEntries(
    Object.values(groups).flatMap((group) =>
      Object.entries(Fields.safeParse(group).data ?? {}).flatMap(([alias, field]) => {
        const { success, data } = z.object({ value: z.unknown() }).safeParse(field);
        return success ? [[alias, data.value] as const] : [];
      }),
    ),
  );
});

export const Contact = z.object({
  id: Id,
  points: z.coerce.number().catch(0),
  fields: FieldGroups,
  owner: z.object({ id: Id }).nullish(),
  stage: z.object({ name: OptionalText }).nullish(),
  tags: listOf(z.object({ tag: z.string() })).nullish(),
  dateIdentified: OptionalText,
});
export type Contact = z.output<typeof Contact>;
const Membership = z.object({ lead_id: Id, leadlist_id: Id, manually_removed: Flag.optional() });

/** What becomes a field of the person's own, or is of no use to anybody who decides on a lead. */
const NOT_ATTRIBUTES = new Set([
  ...['id', 'firstname', 'lastname', 'email', 'company', 'position', 'phone', 'mobile', 'country'],
  ...['preferred_locale', 'points', 'last_active', 'fax', 'address1', 'address2'],
]);

/**
 * Contacts, by id: what was changed since is a set that only grows while it is read, so that "after this id" misses
 * nothing and no contact is read twice. One that is changed again behind that id is in the next pull.
 */
export async function pullPeople(
  io: MauticIo,
  { since, cursor }: { since: Date | null; cursor: Cursor | null },
): Promise<Page<SourcePerson>> {
  const after = String(cursor?.['after'] ?? '0');
  const { body } = await io.request('/contacts', {
    query: {
      ...whereQuery([
        { col: 'id', expr: 'gt', val: after },
        // Visitors whom nobody knows by name are contacts, too.
        { col: 'date_identified', expr: 'isNotNull' },
        // The date of the last change is null until there is a first one.
        ...changedSince(since, ['date_added', 'date_modified']),
      ]),
      // Only written so: with capitals Mautic answers 500.
      orderBy: 'id',
      orderByDir: 'asc',
      limit: PAGE,
    },
    schema: z.object({ total: Count, contacts: listOf(Contact) }),
  });
  const contacts = body.contacts.toSorted((one, other) => Number(one.id) - Number(other.id));
  const items = await describePeople(io, contacts);
  const last = contacts.at(-1);
  const before = Number(cursor?.['before'] ?? 0);
  return {
    items,
    next: last && contacts.length >= PAGE ? { after: last.id, before: before + contacts.length } : null,
    total: before + body.total,
  };
}

/** With what stands in other lists: segments and owners' addresses. */
async function describePeople(io: MauticIo, contacts: readonly Contact[]): Promise<SourcePerson[]> {
  const segments = await segmentsOf(io, contacts);
  const owners = await userEmails(
    io,
    contacts.flatMap(({ owner }) => owner?.id ?? []),
  );
  return contacts.map((contact) => {
    const [ownerEmail] = cleanEmails(owners.get(contact.owner?.id ?? ''));
    const named = segments.get(contact.id)?.toSorted().join(', ');
    return toPerson(contact, defined({ segments: named }), ownerEmail);
  });
}

/** The names of each contact's segments: one request for a page instead of one per contact. */
async function segmentsOf(io: MauticIo, contacts: readonly Contact[]): Promise<Map<string, string[]>> {
  const [first, last] = [contacts[0], contacts.at(-1)];
  if (!first || !last) return new Map();
  const memberships: z.output<typeof Membership>[] = [];
  for (let start = 0; start === memberships.length; start += MEMBERSHIPS) {
    const { rows } = await readTable(io, 'lead_lists_leads', {
      row: Membership,
      where: [
        { col: 'lead_id', expr: 'gte', val: first.id },
        { col: 'lead_id', expr: 'lte', val: last.id },
        { col: 'manually_removed', expr: 'eq', val: '0' },
      ],
      order: 'lead_id',
      limit: MEMBERSHIPS,
      start,
    });
    memberships.push(...rows);
    if (rows.length < MEMBERSHIPS) break;
  }
  const names = await namesOf(
    io,
    'segments',
    memberships.map(({ leadlist_id }) => leadlist_id),
  );
  const segments = new Map<string, string[]>();
  for (const { lead_id, leadlist_id } of memberships) {
    const name = names.get(leadlist_id)?.name;
    if (name !== undefined) segments.set(lead_id, [...(segments.get(lead_id) ?? []), name]);
  }
  return segments;
}

/** A contact as the hub knows people. */
export function toPerson(
  { id, fields, stage, tags, points }: Contact,
  more: Record<string, FieldValue> = {},
  ownerEmail?: string,
): SourcePerson {
  const emails = cleanEmails(fields['email']);
  const company = cleanText(fields['company']);
  const name = [fields['firstname'], fields['lastname']]
    .map((part) => cleanText(part))
    .filter(Boolean)
    .join(' ');
  const country = cleanText(fields['country']);
  const own = Object.entries(fields).flatMap(([alias, value]) => {
    const clean = NOT_ATTRIBUTES.has(alias) || alias.length > 64 ? undefined : cleanFieldValue(value);
    return clean === undefined ? [] : [[alias, clean] as const];
  });
  const tagged = tags
    ?.map(({ tag }) => tag)
    .toSorted()
    .join(', ');
  return defined({
    record: { type: 'contact', id },
    name: cleanText(name) ?? emails[0] ?? company ?? `#${id}`,
    emails,
    company,
    title: cleanText(fields['position']),
    phone: cleanText(fields['phone'] ?? fields['mobile'], 64),
    country: readCountry(country ?? '') ?? undefined,
    language: readLanguage(cleanText(fields['preferred_locale']) ?? '') ?? undefined,
    ownerEmail,
    status: cleanText(stage?.name),
    attributes: {
      ...Object.fromEntries(own),
      points,
      ...defined({ tags: cleanText(tagged, 2_000) }),
      ...more,
    },
  });
}

/** Whether anybody knows who this is. */
export const isIdentified = ({ dateIdentified, fields }: Contact): boolean =>
  dateIdentified !== undefined || cleanText(fields['email']) !== undefined;
