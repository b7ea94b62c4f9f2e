import { z } from 'zod';
import { readCountry } from '../../imports/cell-values.ts';
import type { FieldValue } from '../../../utils/contract/criterion.ts';
import { cleanEmails, cleanFieldValue, cleanText, defined } from '../clean-values.ts';
import type { Cursor, Page, SourcePerson } from '../connector.ts';
import {
  instantOf,
  type Io,
  LATE_MS,
  orIfForbidden,
  readByIds,
  readOldPage,
  readPage,
  timeOf,
} from './api.ts';
import { type Field, organisationNames, personFields, userEmails } from './names.ts';
import { changedLeads, Deal, Lead, standings } from './standing.ts';

const HOUR_MS = 3_600_000;
/** Enough for whoever looks at a lead to be recognised by it. */
const MAX_RECORDS = 10;

const Address = z.object({ value: z.string().nullish(), primary: z.boolean().nullish() });
const Person = z.object({
  id: z.int(),
  name: z.string().nullish(),
  owner_id: z.int().nullish(),
  org_id: z.int().nullish(),
  add_time: z.string().nullish(),
  update_time: z.string().nullish(),
  emails: z.array(Address).nullish(),
  phones: z.array(Address).nullish(),
  is_deleted: z.boolean().nullish(),
  label_ids: z.array(z.int()).nullish(),
  job_title: z.string().nullish(),
  postal_address: z.object({ country: z.string().nullish() }).nullish(),
  custom_fields: z.record(z.string(), z.unknown()).nullish(),
  open_deals_count: z.int().nullish(),
  won_deals_count: z.int().nullish(),
  lost_deals_count: z.int().nullish(),
  marketing_status: z.string().nullish(),
});
type Person = z.output<typeof Person>;

interface Names {
  fields: ReadonlyMap<string, Field>;
  owners: ReadonlyMap<number, string>;
  organisations: ReadonlyMap<number, string>;
}

type Request = { since: Date | null; cursor: Cursor | null };
type Ids = { people: number[]; next: string | number | null };

/**
 * What is read one after the other. All persons are there with the first. After that a deal that moves on, or a lead that
 * gets another label, changes somebody's status, whether or not Pipedrive takes that for a change of the person.
 */
const PARTS: readonly { of: string; isDue: (since: Date, now: Date) => boolean; ids?: typeof dealPeople }[] =
  [
    { of: 'persons', isDue: () => true },
    { of: 'deals', isDue: () => true, ids: dealPeople },
    { of: 'leads', isDue: () => true, ids: leadPeople },
    // What is archived costs more of the company's daily allowance than all the rest, and is seldom urgent.
    { of: 'deals/archived', isDue: isHourBetween, ids: dealPeople },
    { of: 'leads/archived', isDue: isHourBetween, ids: archivedLeadPeople },
  ];

/** Persons by id: those who change behind the cursor meanwhile are in the next pull. */
export async function pullPeople(io: Io, { since, cursor }: Request): Promise<Page<SourcePerson>> {
  const index = Math.max(
    0,
    PARTS.findIndex(({ of }) => of === cursor?.['of']),
  );
  const part = PARTS[index];
  const at = cursor?.['at'] ?? null;
  if (!part?.ids || !since) {
    const { rows, next } = await readPersons(io, {
      ...changedSince(since),
      ...(at !== null && { cursor: at }),
    });
    return page(await describePeople(io, rows, since === null), next, { index, since, now: io.now() });
  }
  // So much may have been archived since it was last asked for.
  const from = part.isDue === isHourBetween ? new Date(since.getTime() - HOUR_MS) : since;
  const { people, next } = await orIfForbidden(part.ids(io, part.of, from, at), { people: [], next: null });
  const rows = await readByIds(io, people, async (query) => (await readPersons(io, query)).rows);
  return page(await describePeople(io, rows, false), next, { index, since, now: io.now() });
}

function page(
  items: SourcePerson[],
  next: string | number | null,
  { index, since, now }: { index: number; since: Date | null; now: Date },
): Page<SourcePerson> {
  const of = PARTS[index]?.of ?? '';
  if (next !== null) return { items, next: { of, at: next } };
  const following = since && PARTS.slice(index + 1).find(({ isDue }) => isDue(since, now));
  return { items, next: following ? { of: following.of, at: null } : null };
}

/** Whether an hour has ended since this was last asked for. */
function isHourBetween(since: Date, now: Date): boolean {
  const before = since.getTime() + LATE_MS;
  return Math.floor(before / HOUR_MS) !== Math.floor(now.getTime() / HOUR_MS);
}

const changedSince = (since: Date | null) => (since ? { updated_since: timeOf(since) } : {});

/** Whom the deals that were changed are about; also those that were won, lost or deleted, and so are not open any more. */
async function dealPeople(io: Io, of: string, since: Date, at: Cursor[string]): Promise<Ids> {
  const { rows, next } = await readPage(io, `/${of}`, Deal, {
    ...{ ...changedSince(since), sort_by: 'id', status: 'open,won,lost,deleted' },
    ...(at !== null && { cursor: String(at) }),
  });
  return { people: rows.flatMap(({ person_id }) => person_id ?? []), next };
}

async function leadPeople(io: Io, _: string, since: Date, at: Cursor[string]): Promise<Ids> {
  const { rows, next } = await changedLeads(io, since, Number(at ?? 0));
  return { people: rows.flatMap(({ person_id }) => person_id ?? []), next };
}

/** This list cannot be asked for what was changed since: it is read from its newest change back. */
async function archivedLeadPeople(io: Io, of: string, since: Date, at: Cursor[string]): Promise<Ids> {
  const query = { sort: 'update_time DESC', start: Number(at ?? 0) };
  const { rows, next } = await readOldPage(io, `/${of}`, Lead, query);
  const changed = rows.filter(
    ({ update_time, add_time }) => (instantOf(update_time ?? add_time) ?? '') >= since.toISOString(),
  );
  const isOver = changed.length < rows.length;
  return { people: changed.flatMap(({ person_id }) => person_id ?? []), next: isOver ? null : next };
}

/** With what Pipedrive only adds when asked, of which the marketing status only where a company sends mails with it. */
async function readPersons(io: Io, query: Readonly<Record<string, string | number | boolean>>) {
  const fields = await personFields(io);
  const counts = ['open_deals_count', 'won_deals_count', 'lost_deals_count'];
  const include_fields = [...counts, ...(fields.has('marketing_status') ? ['marketing_status'] : [])].join(
    ',',
  );
  const { rows, next } = await readPage(io, '/persons', Person, { sort_by: 'id', include_fields, ...query });
  return { rows: rows.filter(({ is_deleted }) => is_deleted !== true), next };
}

async function describePeople(
  io: Io,
  people: readonly Person[],
  isHistory: boolean,
): Promise<SourcePerson[]> {
  if (people.length === 0) return [];
  const standingOf = await standings(io, people, isHistory);
  const names = {
    fields: await personFields(io),
    owners: await userEmails(io),
    organisations: await organisationNames(
      io,
      people.flatMap(({ org_id }) => org_id ?? []),
      isHistory,
    ),
  };
  return people.map((person) => {
    const { status, leads } = standingOf(person);
    const newest = leads.toSorted((one, other) => other.add_time.localeCompare(one.add_time));
    const otherRecords = newest.slice(0, MAX_RECORDS).map(({ id }) => ({ type: 'lead', id }));
    return {
      ...toPerson(person, names),
      ...(status !== undefined && { status }),
      ...(otherRecords.length > 0 && { otherRecords }),
    };
  });
}

function toPerson(person: Person, { fields, owners, organisations }: Names): SourcePerson {
  const { id, emails, phones, owner_id: owner, org_id: organisation } = person;
  const addresses = cleanEmails(...primaryFirst(emails));
  const company = cleanText(organisations.get(organisation ?? 0));
  const labels = person.label_ids?.flatMap((label) => labelOf(fields.get('label_ids'), label) ?? []);
  return defined({
    record: { type: 'person', id: String(id) },
    name: cleanText(person.name) ?? addresses[0] ?? company ?? `#${String(id)}`,
    emails: addresses,
    company,
    title: cleanText(person.job_title),
    phone: primaryFirst(phones).flatMap((phone) => cleanText(phone, 64) ?? [])[0],
    country: readCountry(cleanText(person.postal_address?.country) ?? '') ?? undefined,
    ownerEmail: owners.get(owner ?? 0),
    attributes: {
      ...ownAttributes(person.custom_fields ?? {}, fields),
      ...defined({ labels: cleanText(labels?.toSorted().join(', '), 2_000) }),
    },
    consents: consentsOf(person),
  });
}

const primaryFirst = (addresses: Person['emails']): unknown[] =>
  (addresses ?? [])
    .toSorted((one, other) => Number(other.primary ?? false) - Number(one.primary ?? false))
    .map(({ value }) => value);

/** The company's own fields, by the names that people see. */
function ownAttributes(
  values: Record<string, unknown>,
  fields: ReadonlyMap<string, Field>,
): Record<string, FieldValue> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([code, value]) => {
      const field = fields.get(code);
      const name = cleanText(field?.field_name, 64);
      const clean = name === undefined ? undefined : cleanFieldValue(shownValue(field, value));
      return name === undefined || clean === undefined ? [] : [[name, clean] as const];
    }),
  );
}

/** What can be chosen goes by numbers, money and addresses are objects. */
function shownValue(field: Field | undefined, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => labelOf(field, one) ?? String(one));
  const object = z.object({ value: z.unknown() }).safeParse(value);
  return object.success ? object.data.value : (labelOf(field, value) ?? value);
}

const labelOf = (field: Field | undefined, value: unknown): string | undefined =>
  field?.options?.find(({ id }) => String(id) === String(value))?.label;

/**
 * As “no consent” is what Pipedrive says of everybody who was never asked, it states nothing. It does not say since when
 * either: of all moments that are possible a refusal gets the last and consent the first, so that nobody who has refused
 * elsewhere agrees anew because their name was corrected here.
 */
function consentsOf({ marketing_status, update_time, add_time }: Person): SourcePerson['consents'] {
  const states: Record<string, 'granted' | 'withdrawn'> = {
    subscribed: 'granted',
    // Still subscribed, but not paid for.
    archived: 'granted',
    unsubscribed: 'withdrawn',
  };
  const state = states[marketing_status ?? ''];
  const since = instantOf(state === 'granted' ? add_time : (update_time ?? add_time));
  if (state === undefined || since === undefined) return undefined;
  return [{ channel: 'email', state, basis: `marketing_status: ${marketing_status ?? ''}`, since }];
}
