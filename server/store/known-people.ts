import { sql } from 'kysely';
import type { NewPerson } from '../../utils/contract/ingest.ts';
import type { ExternalId } from '../../utils/contract/primitives.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import { normaliseEmail } from '../../utils/domain/email.ts';
import { readErased } from '../erasure/tombstones.ts';
import { isSharedAddress } from '../../utils/domain/shared-address.ts';
import { type Link, linkRow, type Party, type RowLink } from '../merging/link-row.ts';
import { lockMappings } from '../mapping/status-mappings.ts';
import { ProblemError } from '../problem.ts';
import type { WriteTransaction } from './database.ts';
import { recordJson } from './json.ts';

/** A person as a batch brings them; some sources know no name. */
export type PersonRow = Omit<NewPerson, 'name'> & { name?: string | undefined };

interface StoredPerson {
  id: string;
  stage: Stage;
  sourceStage: Stage | null;
  contentHash: string | null;
  archived: boolean;
  records: ExternalId[];
  /** The ids by which sources know them besides. */
  aliases: string[];
}

/** What an id said last that is not the person's own. */
interface Alias {
  id: string;
  personId: string;
  contentHash: string | null;
  sourceStage: Stage | null;
}

/** What is stored about the people, addresses, records and owners that a batch names. */
export interface KnownPeople {
  person(id: string): StoredPerson | undefined;
  alias(id: string): Alias | undefined;
  ownerId(person: PersonRow): string | null;
  /** The stage its source says, or its source's status stands for. */
  sourceStage(person: PersonRow): Stage | null;
  /** Whom a row is about, or why it cannot be had. */
  link(person: PersonRow): RowLink;
}

/** Who holds the ids, addresses and records of a batch. */
interface Holders {
  aliases: Map<string, Alias>;
  byKey: Map<string, string>;
  /** Of everybody concerned. */
  ids: Set<string>;
}

/** Reads it in a fixed number of queries, whatever the size of the batch, and keeps the people from other writers. */
export async function readKnownPeople(
  tx: WriteTransaction,
  workspaceId: string,
  batch: readonly PersonRow[],
): Promise<KnownPeople> {
  // Twice, for until the rows are locked others may move an address from one to the other.
  const { ids: concerned } = await readHolders(tx, workspaceId, batch);
  await sql`
    select 1 from people p where p.workspace_id = ${workspaceId} and p.id = any(${[...concerned]}::uuid[])
    order by p.id for no key update`.execute(tx);
  const { aliases, byKey, ids } = await readHolders(tx, workspaceId, batch);
  if ([...ids].some((id) => !concerned.has(id))) {
    throw new ProblemError('conflict', 'These people were changed at this moment. Try again.');
  }
  const people = await readPeople(tx, workspaceId, [...ids]);
  const isErased = await readErased(tx, workspaceId, batch);
  const apart = await readApart(tx, workspaceId, [...people.values()]);
  const owners = await sql<{ id: string; email: string }>`
    select u.id, lower(u.email) as email from users u where u.workspace_id = ${workspaceId}`.execute(tx);
  await lockMappings(tx, workspaceId, 'to read');
  const mappings = await sql<{ system: string; value: string; stage: Stage }>`
    select m.system, m.value, m.stage from status_mappings m where m.workspace_id = ${workspaceId}`.execute(
    tx,
  );
  const ownerByEmail = new Map(owners.rows.map(({ id, email }) => [email, id]));
  const stageByStatus = new Map(mappings.rows.map(({ stage, ...status }) => [statusKey(status), stage]));

  const party = (id: string): Party | null => {
    const stored = people.get(id);
    return stored ? { ...stored, apartFrom: apart.get(id) ?? new Set() } : null;
  };
  const linkBy = (by: Link['by'], key: string, shared: boolean): Link[] => {
    const holder = party(byKey.get(key) ?? '');
    return holder ? [{ party: holder, by, shared }] : [];
  };
  return {
    person: (id) => people.get(id),
    alias: (id) => aliases.get(id),
    ownerId: ({ ownerEmail }) => ownerByEmail.get(ownerEmail?.toLowerCase() ?? '') ?? null,
    sourceStage: ({ stage, sourceStatus }) =>
      stage ?? (sourceStatus && stageByStatus.get(statusKey(sourceStatus))) ?? null,
    link(person) {
      const own = party(aliases.get(person.id)?.personId ?? person.id);
      if (own?.archived) return { refused: 'this person was archived' };
      if (isErased(person)) return { refused: 'this person was erased' };
      const emails = emailsOf(person);
      if (emails.length < person.emails.length) return { refused: 'an address has no usable domain' };
      const links = [
        ...emails.flatMap((email) => linkBy('address', email, isSharedAddress(email))),
        ...person.externalIds.flatMap((record) => linkBy('record', recordKey(record), false)),
      ];
      return linkRow(own, links, person.externalIds);
    },
  };
}

/** What makes a row be about somebody: two rows that share one of these must be stored one after the other. */
export const keysOf = (person: PersonRow): string[] => [
  person.id,
  ...emailsOf(person),
  ...person.externalIds.map(recordKey),
];

async function readHolders(
  tx: WriteTransaction,
  workspaceId: string,
  batch: readonly PersonRow[],
): Promise<Holders> {
  const ids = batch.map(({ id }) => id);
  const aliases = await sql<Alias>`
    select a.id, a.person_id as "personId", a.content_hash as "contentHash", a.source_stage as "sourceStage"
    from person_aliases a where a.workspace_id = ${workspaceId} and a.id = any(${ids}::uuid[])`.execute(tx);
  const emails = await sql<{ email: string; personId: string }>`
    select e.email, e.person_id as "personId" from person_emails e
    where e.workspace_id = ${workspaceId} and e.email = any(${batch.flatMap(emailsOf)}::text[])`.execute(tx);
  const records = await sql<ExternalId & { personId: string }>`
    select x.system, x.tenant, x.type, x.id, x.person_id as "personId" from person_external_ids x
    where x.workspace_id = ${workspaceId}
      and x.id = any(${batch.flatMap(({ externalIds }) => externalIds.map(({ id }) => id))}::text[])`.execute(
    tx,
  );
  const named = new Set(batch.flatMap(({ externalIds }) => externalIds.map(recordKey)));
  const held = records.rows.filter((record) => named.has(recordKey(record)));
  return {
    aliases: new Map(aliases.rows.map((alias) => [alias.id, alias])),
    byKey: new Map([
      ...emails.rows.map(({ email, personId }) => [email, personId] as const),
      ...held.map((record) => [recordKey(record), record.personId] as const),
    ]),
    ids: new Set([...ids, ...[...aliases.rows, ...emails.rows, ...held].map(({ personId }) => personId)]),
  };
}

async function readPeople(tx: WriteTransaction, workspaceId: string, ids: readonly string[]) {
  const { rows } = await sql<StoredPerson>`
    select p.id, p.stage, p.source_stage as "sourceStage", p.content_hash as "contentHash",
      p.archived_at is not null as archived,
      (select coalesce(json_agg(json_strip_nulls(${recordJson('x')})), '[]'::json)
       from person_external_ids x where x.workspace_id = ${workspaceId} and x.person_id = p.id) as records,
      (select coalesce(json_agg(a.id), '[]'::json) from person_aliases a
       where a.workspace_id = ${workspaceId} and a.person_id = p.id) as aliases
    from people p where p.workspace_id = ${workspaceId} and p.id = any(${ids}::uuid[])`.execute(tx);
  return new Map(rows.map((person) => [person.id, person]));
}

/** Of each of these people who they are not: their merge, or one of who they are now, was undone. */
async function readApart(
  tx: WriteTransaction,
  workspaceId: string,
  people: readonly StoredPerson[],
): Promise<Map<string, Set<string>>> {
  const personOf = new Map(people.flatMap(({ id, aliases }) => [id, ...aliases].map((any) => [any, id])));
  const ids = [...personOf.keys()];
  const { rows } = await sql<{ one: string; other: string }>`
    select m.kept_id as one, m.other_id as other from person_merges m
    where m.workspace_id = ${workspaceId} and m.undone_at is not null
      and m.kept_id = any(${ids}::uuid[]) and m.other_id = any(${ids}::uuid[])`.execute(tx);
  const apart = new Map(people.map(({ id }) => [id, new Set<string>()]));
  for (const pair of rows) {
    const [one, other] = [personOf.get(pair.one), personOf.get(pair.other)];
    if (one && other && one !== other) {
      apart.get(one)?.add(other);
      apart.get(other)?.add(one);
    }
  }
  return apart;
}

const emailsOf = ({ emails }: PersonRow) => emails.flatMap((written) => normaliseEmail(written) ?? []);
const recordKey = ({ system, tenant, type, id }: ExternalId) =>
  JSON.stringify([system, tenant ?? '', type, id]);
const statusKey = ({ system, value }: { system: string; value: string }) => JSON.stringify([system, value]);
