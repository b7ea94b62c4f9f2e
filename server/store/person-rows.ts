import type { z } from 'zod';
import type { DoNotContact } from '../../utils/contract/consent.ts';
import type { Person } from '../../utils/contract/person.ts';
import type { StageEvent, StageState } from '../../utils/contract/stage.ts';
import { normaliseEmail, withoutTag } from '../../utils/domain/email.ts';

/** What a person's own columns hold besides owner and stage. */
type PersonColumns = Omit<Person, 'owner' | 'emails' | 'externalIds' | 'name'> & {
  name?: string | undefined;
  sourceStatus?: Pick<NonNullable<StageState['sourceStatus']>, 'system' | 'value'> | undefined;
  source?: string | undefined;
  sourcedAt?: string | undefined;
  doNotContact?: DoNotContact | undefined;
};

/** A person as its table holds it, without owner and stage. Fields are as of `now` unless their source says. */
export function personRow(person: PersonColumns, now: Date) {
  return {
    id: person.id,
    name: person.name ?? null,
    company: person.company ?? null,
    title: person.title ?? null,
    phone: person.phone ?? null,
    country: person.country ?? null,
    language: person.language ?? null,
    attributes: person.attributes ?? null,
    source: person.source ?? null,
    sourced_at: person.sourcedAt ?? now.toISOString(),
    source_status_system: person.sourceStatus?.system ?? null,
    source_status_value: person.sourceStatus?.value ?? null,
    do_not_contact_reason: person.doNotContact?.reason ?? null,
    do_not_contact_since: person.doNotContact?.since ?? null,
  };
}

/** The addresses that a row names, its own person's by default; those that cannot be normalised are left out, a spelling twice is one address. */
export function emailRows({ id, emails }: Pick<Person, 'id' | 'emails'>, personId = id) {
  return emails.flatMap((written, position) => {
    const email = normaliseEmail(written);
    return email === null
      ? []
      : [{ email, without_tag: withoutTag(email), person_id: personId, named_by: id, position, written }];
  });
}

export function externalIdRows(
  { id: namedBy, externalIds }: Pick<Person, 'id' | 'externalIds'>,
  personId = namedBy,
) {
  return externalIds.map(({ system, tenant, type, id }, position) => ({
    system,
    tenant: tenant ?? '',
    type,
    id,
    person_id: personId,
    named_by: namedBy,
    position,
  }));
}

export function stageEventRow(personId: string, event: z.input<typeof StageEvent>) {
  return {
    id: event.id,
    person_id: personId,
    from_stage: event.from,
    to_stage: event.to,
    at: event.at,
    by_kind: event.by.kind,
    by_id: event.by.id ?? null,
    by_name: event.by.name,
    reason: event.reason ?? null,
    agreement_version: event.agreementVersion,
    kind: event.kind ?? 'move',
    refers_to: event.refersTo ?? null,
  };
}
