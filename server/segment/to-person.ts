import { v5 as uuidFrom } from 'uuid';
import { EmailAddress, type ExternalId, Label, Text } from '../../utils/contract/primitives.ts';
import type { PersonRow } from '../store/known-people.ts';
import type { MessageOf } from './message.ts';

const SOURCE = 'segment';
const OWN_TRAITS = new Set(
  'email,name,firstName,lastName,first_name,last_name,company,title,jobTitle,position,phone,country,address,language,locale,id,avatar,birthday,age,gender,username'.split(
    ',',
  ),
);
const MAX_ATTRIBUTES = 50;

/** Where a user of Segment's stands among a person's records. */
export const userRecord = (userId: string): ExternalId => ({ system: SOURCE, type: 'user', id: userId });

/** The same id for the same user of a workspace every time: sent again it is the same row. */
const userRowId = (workspaceId: string, userId: string) => uuidFrom(`${SOURCE} ${userId}`, workspaceId);

/** What an identify says of a person; what it does not say is left out. */
export function toPerson(workspaceId: string, message: MessageOf<'identify'>): PersonRow {
  const { userId, anonymousId = '' } = message;
  const traits = { ...message.context?.traits, ...message.traits };
  const text = (...names: string[]) =>
    names.map((name) => words(traits[name])).find((value) => value !== undefined);
  const first = text('firstName', 'first_name');
  const last = text('lastName', 'last_name');
  const both = [first, last].filter((part) => part !== undefined).join(' ');
  const email = addressOf(message);
  const name = text('name') ?? (both === '' ? undefined : both);
  const company = text('company') ?? words(inside(traits['company'], 'name'));
  const title = text('title', 'jobTitle', 'position');
  const phone = text('phone')?.slice(0, 64);
  const country = countryCode(text('country') ?? words(inside(traits['address'], 'country')));
  const language = languageOf(text('language') ?? text('locale') ?? message.context?.locale);
  const attributes = attributesOf(traits);
  return {
    id:
      userId === undefined
        ? uuidFrom(`${SOURCE} anonymous ${anonymousId}`, workspaceId)
        : userRowId(workspaceId, userId),
    emails: email === undefined ? [] : [email],
    externalIds: userId === undefined ? [] : [userRecord(userId)],
    source: SOURCE,
    ...(name !== undefined && { name }),
    ...(company !== undefined && { company }),
    ...(title !== undefined && { title }),
    ...(phone !== undefined && { phone }),
    ...(country !== undefined && { country }),
    ...(language !== undefined && { language }),
    ...(attributes !== undefined && { attributes }),
  };
}

/** The address that an identify names; many use it as the user's id. */
export function addressOf({ userId, context, traits }: MessageOf<'identify'>): string | undefined {
  const parsed = EmailAddress.safeParse(traits?.['email'] ?? context?.traits?.['email'] ?? userId);
  return parsed.success ? parsed.data : undefined;
}

/** Two rows about one person as one: the later one's word counts. */
export function mergeRows(one: PersonRow, later: PersonRow): PersonRow {
  const attributes = { ...one.attributes, ...later.attributes };
  return {
    ...one,
    ...later,
    emails: [...new Set([...one.emails, ...later.emails])].slice(0, 20),
    ...(Object.keys(attributes).length > 0 && { attributes }),
  };
}

/** What a group says of somebody who is known: their company. */
export function toCompany(
  workspaceId: string,
  { userId = '', traits = {} }: MessageOf<'group'>,
): PersonRow | null {
  const company = words(traits['name']);
  const attributes = attributesOf(traits);
  if (company === undefined && attributes === undefined) return null;
  return {
    id: userRowId(workspaceId, userId),
    emails: [],
    externalIds: [userRecord(userId)],
    source: SOURCE,
    ...(company !== undefined && { company }),
    ...(attributes !== undefined && { attributes }),
  };
}

/** Another user id of somebody who is known by one. */
export const addRecord = (workspaceId: string, knownId: string, otherId: string): PersonRow => ({
  id: userRowId(workspaceId, knownId),
  emails: [],
  externalIds: [userRecord(knownId), userRecord(otherId)],
  source: SOURCE,
});

function words(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  const parsed = Label.safeParse(text);
  return parsed.success ? parsed.data.trim() : undefined;
}

function inside(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** As ISO 3166-1 alpha-2; names of countries in whatever language are left out. */
const countryCode = (value: string | undefined) =>
  value !== undefined && /^[a-z]{2}$/i.test(value) ? value.toUpperCase() : undefined;

function languageOf(value: string | undefined): 'en' | 'de' | undefined {
  const primary = value?.toLowerCase().split(/[-_]/)[0];
  return primary === 'en' || primary === 'de' ? primary : undefined;
}

/** Plain values that have no field of their own. */
function attributesOf(traits: Record<string, unknown>): PersonRow['attributes'] {
  const found = Object.entries(traits).flatMap(([name, value]): [string, string | number | boolean][] => {
    if (OWN_TRAITS.has(name) || name === '' || name.length > 64 || !Text.safeParse(name).success) return [];
    if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)))
      return [[name, value]];
    return Text.max(2_000).safeParse(value).success ? [[name, value as string]] : [];
  });
  return found.length > 0 ? Object.fromEntries(found.slice(0, MAX_ATTRIBUTES)) : undefined;
}
