import { isDeepStrictEqual } from 'node:util';
import { v5 as uuidv5 } from 'uuid';
import type { Consent } from '../../utils/contract/consent.ts';
import type { FieldValue } from '../../utils/contract/criterion.ts';
import type { ImportField, ImportMapping, ImportProblemReason } from '../../utils/contract/import.ts';
import { NewPerson } from '../../utils/contract/ingest.ts';
import type { ExternalId, Language } from '../../utils/contract/primitives.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import { normaliseEmail } from '../../utils/domain/email.ts';
import { storePeople } from '../store/people.ts';
import { readCountry, readLanguage, readStage, readYesNo } from './cell-values.ts';
import type { ImportContext, KindOfImport, Outcome, ReadRow } from './import-kind.ts';
import { readPresentPeople, recordKey, type PresentPerson, type PresentPeople } from './present-people.ts';
import type { RowReader } from './read-row.ts';

/** What a row says of somebody. */
interface GivenPerson {
  emails: string[];
  record?: ExternalId | undefined;
  name?: string | undefined;
  company?: string | undefined;
  title?: string | undefined;
  phone?: string | undefined;
  country?: string | undefined;
  language?: Language | undefined;
  owner?: string | undefined;
  stage?: Stage | undefined;
  status?: string | undefined;
  consents: Consent[];
  /** True: the row gives no reason. */
  doNotContact?: string | true | undefined;
  attributes: Record<string, FieldValue>;
}

const CONSENTS = [
  ['emailConsent', 'email'],
  ['phoneConsent', 'phone'],
  ['postConsent', 'post'],
] as const;

/** Fields that an empty cell can empty. */
const CLEARABLE = ['company', 'title', 'phone', 'country', 'language'] as const satisfies ImportField[];

/** People: known ones by address or record are brought up to date, the others are new. */
export const peopleImport: KindOfImport<GivenPerson> = {
  read(row, { mapping }) {
    const emails = [...row.emails('email'), ...row.emails('otherEmail')];
    const record = recordOf(row, mapping);
    if (emails.length === 0 && !record && row.problems.length === 0) row.complain('required', 'email');
    const first = row.text('firstName');
    const last = row.text('lastName');
    return {
      emails,
      record,
      name: row.text('name') ?? ([first, last].filter(Boolean).join(' ') || undefined),
      company: row.text('company'),
      title: row.text('title'),
      phone: row.text('phone', 64),
      country: row.value('country', readCountry, 'unknown-country'),
      language: row.value('language', readLanguage, 'unknown-language'),
      owner: row.text('owner', 320),
      stage: row.value('stage', readStage, 'unknown-stage'),
      status: row.text('sourceStatus'),
      consents: consentsOf(row, mapping),
      doNotContact: doNotContactOf(row),
      attributes: Object.fromEntries(row.attributes().map(([name, text]) => [name, fieldValue(text)])),
    };
  },

  keys: ({ emails, record }) => [
    ...emails.map((email) => normaliseEmail(email) ?? email),
    ...(record ? [recordKey(record)] : []),
  ],

  async store(tx, context, rows, now) {
    const { workspaceId } = context;
    const derived = new Map(rows.map((row) => [row.row, derivedId(row.value, context)]));
    const present = await readPresentPeople(tx, workspaceId, {
      emails: rows.flatMap(({ value }) => value.emails.flatMap((email) => normaliseEmail(email) ?? [])),
      records: rows.flatMap(({ value }) => value.record ?? []),
      ids: [...derived.values()],
    });
    const outcome: Outcome = { added: 0, updated: 0, unchanged: 0, problems: [] };
    const changes: { row: number; person: NewPerson; isNew: boolean }[] = [];
    for (const row of rows) {
      const merged = merge(row, derived.get(row.row) ?? '', present, context);
      if (typeof merged === 'string') outcome.problems.push({ row: row.row, reason: merged });
      else if (merged === null) outcome.unchanged += 1;
      else {
        const valid = NewPerson.safeParse(merged.person);
        if (valid.success) changes.push({ row: row.row, ...merged });
        else {
          const detail = valid.error.issues
            .map(({ path, message }) => `${path.join('.')}: ${message}`)
            .join('; ');
          outcome.problems.push({ row: row.row, reason: 'refused', detail });
        }
      }
    }
    if (changes.length === 0) return outcome;
    const result = await storePeople(
      tx,
      workspaceId,
      changes.map(({ person }) => person),
      now,
    );
    const refused = new Set(result.rejected.map(({ index }) => index));
    for (const { index, reason } of result.rejected) {
      const { row = 1 } = changes[index] ?? {};
      outcome.problems.push({ row, ...refusal(reason) });
    }
    outcome.unchanged += result.repeated;
    outcome.added = changes.filter(({ isNew }, index) => isNew && !refused.has(index)).length;
    outcome.updated = result.stored - outcome.added;
    return outcome;
  },
};

function recordOf(row: RowReader, { source, recordType, tenant }: ImportMapping): ExternalId | undefined {
  const id = row.text('recordId', 256);
  return id === undefined ? undefined : { system: source, type: recordType, id, ...(tenant && { tenant }) };
}

/** A statement without its date proves nothing, so one that has none is a problem. */
function consentsOf(row: RowReader, { source }: ImportMapping): Consent[] {
  const states = CONSENTS.flatMap(([field, channel]) => {
    const said = row.value(field, readYesNo, 'not-yes-or-no');
    return said ? [{ channel, state: said === 'yes' ? ('granted' as const) : ('denied' as const) }] : [];
  });
  if (states.length === 0) return [];
  const since = row.date('consentSince');
  const basis = row.text('consentBasis');
  if (since === undefined) {
    if (row.problems.length === 0) row.complain('required', 'consentSince');
    return [];
  }
  return states.map((state) => ({ ...state, source, since, ...(basis !== undefined && { basis }) }));
}

function doNotContactOf(row: RowReader): string | true | undefined {
  const text = row.text('doNotContact');
  if (text === undefined) return undefined;
  const said = readYesNo(text);
  if (said === 'no') return undefined;
  return said === 'yes' ? true : text;
}

/** Numbers as numbers, so that criteria can compare them; not what only looks like one, such as 01067. */
function fieldValue(text: string): FieldValue {
  return /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,9})?$/u.test(text) ? Number(text) : text;
}

/** The id of somebody new: the same for the same record or address, in whatever file. */
function derivedId({ record, emails }: GivenPerson, { workspaceId }: ImportContext): string {
  const [email = ''] = emails;
  return uuidv5(record ? recordKey(record) : `email ${normaliseEmail(email) ?? email}`, workspaceId);
}

/** What is to be stored: the present person with what the row says. Null: nothing new; a text: why it cannot be. */
function merge(
  { value: given }: ReadRow<GivenPerson>,
  derived: string,
  present: PresentPeople,
  { mapping, at }: ImportContext,
): { person: NewPerson; isNew: boolean } | null | ImportProblemReason {
  const holders = new Set(
    [
      ...given.emails.map((email) => normaliseEmail(email) ?? ''),
      ...(given.record ? [recordKey(given.record)] : []),
    ].flatMap((key) => present.holder(key) ?? []),
  );
  if (holders.size > 1) return 'two-people';
  const [holder] = holders;
  const stored = present.person(holder ?? derived);
  const ownerId = given.owner === undefined ? undefined : present.userId(given.owner);
  if (ownerId === null) return 'unknown-owner';

  const fields = fieldsOf(given, stored, mapping);
  const doNotContact = blockOf(given, stored, mapping, at);
  const consents = given.consents.filter((consent) => !isKnown(consent, stored));
  const emails = union(stored?.emails ?? [], given.emails, (email) => normaliseEmail(email) ?? email);
  const externalIds = union(stored?.externalIds ?? [], given.record ? [given.record] : [], recordKey);
  const changed =
    !stored ||
    !isDeepStrictEqual(fields, fieldsOf({ consents: [], emails: [], attributes: {} }, stored, null)) ||
    emails.length > stored.emails.length ||
    externalIds.length > stored.externalIds.length ||
    consents.length > 0 ||
    doNotContact !== undefined ||
    (given.stage !== undefined && given.stage !== stored.sourceStage) ||
    (given.status !== undefined &&
      !(given.status === stored.statusValue && mapping.source === stored.statusSystem)) ||
    (ownerId !== undefined && ownerId !== stored.sourceOwnerId);
  if (!changed) return null;
  const ownerEmail = ownerId && present.userEmail(ownerId);
  return {
    isNew: !stored,
    person: {
      id: stored?.id ?? derived,
      ...fields,
      name: fields.name ?? given.emails[0] ?? given.record?.id ?? '',
      emails,
      externalIds,
      source: mapping.source,
      ...(ownerEmail && { ownerEmail }),
      ...(given.stage && { stage: given.stage }),
      ...(given.status !== undefined && { sourceStatus: { system: mapping.source, value: given.status } }),
      ...(consents.length > 0 && { consents }),
      ...(doNotContact && { doNotContact }),
    },
  };
}

type Fields = Pick<NewPerson, (typeof CLEARABLE)[number] | 'attributes'> & { name?: string };

/** What the row says, and where it says nothing what is stored. */
function fieldsOf(
  given: GivenPerson,
  stored: PresentPerson | undefined,
  mapping: ImportMapping | null,
): Fields {
  const mapped = new Set(mapping?.emptyCells === 'clear' ? mapping.columns.map(({ field }) => field) : []);
  const kept = (field: (typeof CLEARABLE)[number]) => {
    const value = given[field] ?? (mapped.has(field) ? undefined : stored?.[field]);
    return value === undefined ? {} : { [field]: value };
  };
  const name = given.name ?? stored?.name;
  const attributes = { ...stored?.attributes, ...given.attributes };
  if (mapping?.emptyCells === 'clear') {
    for (const { attribute } of mapping.columns) {
      if (attribute && !(attribute in given.attributes)) delete attributes[attribute];
    }
  }
  return {
    ...(name !== undefined && { name }),
    ...Object.assign({}, ...CLEARABLE.map(kept)),
    ...(Object.keys(attributes).length > 0 && { attributes }),
  } as Fields;
}

/** A block that is stored stays as it is unless the row gives another reason. */
function blockOf(
  { doNotContact: given }: GivenPerson,
  stored: PresentPerson | undefined,
  { source }: ImportMapping,
  at: string,
): NewPerson['doNotContact'] {
  if (given === undefined) return undefined;
  const reason = stored?.doNotContactReason ?? undefined;
  if (reason !== undefined && (given === true || given === reason)) return undefined;
  return { reason: given === true ? source : given, since: at };
}

/** The latest statement counts: an older one, or the same again, changes nothing. */
function isKnown(consent: Consent, stored: PresentPerson | undefined): boolean {
  const present = stored?.consents.find(({ channel }) => channel === consent.channel);
  if (!present) return false;
  return (
    present.since > consent.since ||
    (present.since === consent.since &&
      present.state === consent.state &&
      present.source === consent.source &&
      present.basis === consent.basis)
  );
}

function union<T>(one: readonly T[], other: readonly T[], keyOf: (value: T) => string): T[] {
  const known = new Set(one.map(keyOf));
  return [...one, ...other.filter((value) => !known.has(keyOf(value)) && known.add(keyOf(value)))];
}

function refusal(reason: string): { reason: ImportProblemReason; detail?: string } {
  switch (reason) {
    case 'an address belongs to another person':
      return { reason: 'other-persons-email' };
    case 'a record belongs to another person':
      return { reason: 'other-persons-record' };
    case 'this person was archived':
      return { reason: 'archived' };
    case 'the same id stands in this batch before':
      return { reason: 'repeated-row' };
    default:
      return { reason: 'refused', detail: reason };
  }
}
