import { readCountry, readLanguage } from '../../imports/cell-values.ts';
import type { FieldValue } from '../../../utils/contract/criterion.ts';
import { cleanEmails, cleanFieldValue, cleanText, defined } from '../clean-values.ts';
import type { Cursor, Page, SourcePerson } from '../connector.ts';
import { type BrevoIo, type BrevoSettings, instant, listNames } from './api.ts';
import { type Contact, emailOf, type Position, readContacts } from './contacts.ts';

const PAGE = 1_000;

/** Attributes are the account's own; these are the names Brevo makes them with, and usual ones. */
const NAMED = {
  first: ['FIRSTNAME', 'FIRST_NAME', 'VORNAME', 'PRENOM'],
  last: ['LASTNAME', 'LAST_NAME', 'NACHNAME', 'NOM'],
  company: ['COMPANY', 'COMPANY_NAME', 'FIRMA', 'UNTERNEHMEN'],
  title: ['JOB_TITLE', 'JOBTITLE', 'POSITION'],
  phone: ['SMS', 'PHONE', 'TELEFON', 'LANDLINE_NUMBER'],
  country: ['COUNTRY', 'LAND'],
  language: ['LANGUAGE', 'SPRACHE'],
} as const;
const OWN_FIELDS = new Set<string>(Object.values(NAMED).flat());

/** Contacts, changed at or after `since`. */
export async function pullPeople(
  io: BrevoIo,
  { since, cursor }: { since: Date | null; cursor: Cursor | null },
): Promise<Page<SourcePerson>> {
  const { contacts, next, total } = await readContacts(io, positionOf(cursor), {
    limit: PAGE,
    ...(since && { modifiedSince: since.toISOString() }),
  });
  const lists = await listNames(
    io,
    contacts.flatMap(({ listIds }) => listIds),
  );
  return {
    items: contacts.map((contact) => toPerson(contact, io.settings, lists)),
    next: next && { ...next },
    total,
  };
}

/** Where a cursor goes on in a list of contacts. */
export const positionOf = (cursor: Cursor | null): Position => ({
  after: Number(cursor?.['after'] ?? 0),
  offset: Number(cursor?.['offset'] ?? 0),
});

function toPerson(
  contact: Contact,
  { statusAttribute }: BrevoSettings,
  lists: ReadonlyMap<string, string>,
): SourcePerson {
  const { attributes, id } = contact;
  const given = (name: keyof typeof NAMED, maxLength?: number) => {
    const key = NAMED[name].find((one) => cleanText(attributes[one]) !== undefined);
    return key === undefined ? undefined : cleanText(attributes[key], maxLength);
  };
  const emails = cleanEmails(emailOf(contact));
  const company = given('company');
  const phone = given('phone', 64);
  const name = [given('first'), given('last')].filter(Boolean).join(' ');
  const named = contact.listIds.flatMap((list) => lists.get(String(list)) ?? []).toSorted();
  return defined({
    record: { type: 'contact', id: String(id) },
    name: cleanText(name) ?? emails[0] ?? company ?? phone ?? `#${String(id)}`,
    emails,
    company,
    title: given('title'),
    phone,
    country: readCountry(given('country') ?? '') ?? undefined,
    language: readLanguage(given('language') ?? '') ?? undefined,
    status: statusAttribute ? cleanText(attributes[statusAttribute]) : undefined,
    attributes: {
      ...ownAttributes(attributes),
      ...defined({ lists: cleanText(named.join(', '), 2_000) }),
    },
    consents: refusalsOf(contact),
  });
}

const ownAttributes = (attributes: Contact['attributes']): Record<string, FieldValue> =>
  Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) => {
      const clean = OWN_FIELDS.has(name) || name.length > 64 ? undefined : cleanFieldValue(value);
      return clean === undefined ? [] : [[name, clean] as const];
    }),
  );

/**
 * Brevo says that somebody is not written to, neither why nor since when: the last change is the earliest moment at
 * which it is certain. Who is not on that list has agreed to nothing yet.
 */
function refusalsOf({ emailBlacklisted, smsBlacklisted, modifiedAt }: Contact): SourcePerson['consents'] {
  const since = instant(modifiedAt);
  if (since === undefined) return undefined;
  const refused = [
    ...(emailBlacklisted ? [{ channel: 'email' as const, basis: 'emailBlacklisted' }] : []),
    ...(smsBlacklisted ? [{ channel: 'phone' as const, basis: 'smsBlacklisted' }] : []),
  ];
  return refused.length === 0 ? undefined : refused.map((one) => ({ ...one, state: 'denied', since }));
}
