import { sql } from 'kysely';
import type { NewPerson } from '../../utils/contract/ingest.ts';
import type { ExternalId } from '../../utils/contract/primitives.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import { normaliseEmail } from '../../utils/domain/email.ts';
import { readErased } from '../erasure/tombstones.ts';
import type { WriteTransaction } from './database.ts';

interface StoredPerson {
  id: string;
  stage: Stage;
  sourceStage: Stage | null;
  contentHash: string | null;
  archived: boolean;
}

/** What is stored about the people, addresses, records and owners that a batch names. */
export interface KnownPeople {
  person(id: string): StoredPerson | undefined;
  ownerId(person: NewPerson): string | null;
  /** The stage its source says, or its source's status stands for. */
  sourceStage(person: NewPerson): Stage | null;
  /** Claims a person's id, addresses and records for this batch. Returns why they cannot be had, or null. */
  claim(person: NewPerson): string | null;
}

/** Reads it in five queries, whatever the size of the batch. */
export async function readKnownPeople(
  tx: WriteTransaction,
  workspaceId: string,
  batch: readonly NewPerson[],
): Promise<KnownPeople> {
  const ids = batch.map(({ id }) => id);
  const people = await sql<StoredPerson>`
    select p.id, p.stage, p.source_stage as "sourceStage", p.content_hash as "contentHash",
      p.archived_at is not null as archived
    from people p where p.workspace_id = ${workspaceId} and p.id = any(${ids}::uuid[])
    order by p.id for no key update`.execute(tx);
  const emails = await sql<{ email: string; personId: string }>`
    select e.email, e.person_id as "personId" from person_emails e
    where e.workspace_id = ${workspaceId} and e.email = any(${batch.flatMap(emailsOf)}::text[])`.execute(tx);
  const records = await sql<ExternalId & { personId: string }>`
    select x.system, x.tenant, x.type, x.id, x.person_id as "personId" from person_external_ids x
    where x.workspace_id = ${workspaceId}
      and x.id = any(${batch.flatMap(({ externalIds }) => externalIds.map(({ id }) => id))}::text[])`.execute(
    tx,
  );
  const owners = await sql<{ id: string; email: string }>`
    select u.id, lower(u.email) as email from users u where u.workspace_id = ${workspaceId}`.execute(tx);
  const isErased = await readErased(tx, workspaceId, batch);
  const mappings = await sql<{ system: string; value: string; stage: Stage }>`
    select m.system, m.value, m.stage from status_mappings m where m.workspace_id = ${workspaceId}`.execute(
    tx,
  );

  const byId = new Map(people.rows.map((person) => [person.id, person]));
  const ownerByEmail = new Map(owners.rows.map(({ id, email }) => [email, id]));
  const holders = new Map([
    ...emails.rows.map(({ email, personId }) => [email, personId] as const),
    ...records.rows.map((record) => [recordKey(record), record.personId] as const),
  ]);
  const stageByStatus = new Map(mappings.rows.map(({ stage, ...status }) => [statusKey(status), stage]));
  const seen = new Set<string>();
  return {
    person: (id) => byId.get(id),
    ownerId: ({ ownerEmail }) => ownerByEmail.get(ownerEmail?.toLowerCase() ?? '') ?? null,
    sourceStage: ({ stage, sourceStatus }) =>
      stage ?? (sourceStatus && stageByStatus.get(statusKey(sourceStatus))) ?? null,
    claim(person) {
      if (seen.has(person.id)) return 'the same id stands in this batch before';
      if (byId.get(person.id)?.archived) return 'this person was archived';
      if (isErased(person)) return 'this person was erased';
      if (emailsOf(person).length < person.emails.length) return 'an address has no usable domain';
      const isTaken = (key: string) => (holders.get(key) ?? person.id) !== person.id;
      if (emailsOf(person).some(isTaken)) return 'an address belongs to another person';
      if (person.externalIds.some((record) => isTaken(recordKey(record))))
        return 'a record belongs to another person';
      seen.add(person.id);
      for (const key of [...emailsOf(person), ...person.externalIds.map(recordKey)])
        holders.set(key, person.id);
      return null;
    },
  };
}

const emailsOf = ({ emails }: NewPerson) => emails.flatMap((written) => normaliseEmail(written) ?? []);
const recordKey = ({ system, tenant, type, id }: ExternalId) =>
  JSON.stringify([system, tenant ?? '', type, id]);
const statusKey = ({ system, value }: { system: string; value: string }) => JSON.stringify([system, value]);
