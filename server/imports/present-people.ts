import { sql } from 'kysely';
import type { Consent } from '../../utils/contract/consent.ts';
import type { Person } from '../../utils/contract/person.ts';
import type { ExternalId } from '../../utils/contract/primitives.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import type { WriteTransaction } from '../store/database.ts';
import { instant, recordJson } from '../store/json.ts';

/** Somebody as they are stored, as far as a file can change them. */
export interface PresentPerson extends Omit<Person, 'owner'> {
  sourceStage?: Stage;
  sourceOwnerId?: string;
  statusSystem?: string;
  statusValue?: string;
  doNotContactReason?: string;
  consents: Consent[];
}

export interface PresentPeople {
  /** Who has this normalised address or record. */
  holder(key: string): string | undefined;
  person(id: string): PresentPerson | undefined;
  /** The user with this address or name; null when there is none, or several. */
  userId(addressOrName: string): string | null;
  userEmail(id: string): string | undefined;
}

/** By which a record is told from others, and from addresses. */
export const recordKey = ({ system, tenant, type, id }: ExternalId): string =>
  JSON.stringify([system, tenant ?? '', type, id]);

/** Reads everybody whom some rows may be about, in a fixed number of queries. */
export async function readPresentPeople(
  tx: WriteTransaction,
  workspaceId: string,
  { emails, records, ids }: { emails: string[]; records: ExternalId[]; ids: string[] },
): Promise<PresentPeople> {
  const addresses = await sql<{ email: string; personId: string }>`
    select e.email, e.person_id as "personId" from person_emails e
    where e.workspace_id = ${workspaceId} and e.email = any(${emails}::text[])`.execute(tx);
  const known = await sql<ExternalId & { personId: string }>`
    select x.system, x.tenant, x.type, x.id, x.person_id as "personId" from person_external_ids x
    where x.workspace_id = ${workspaceId} and x.id = any(${records.map(({ id }) => id)}::text[])`.execute(tx);
  const holders = new Map([
    ...addresses.rows.map(({ email, personId }) => [email, personId] as const),
    ...known.rows.map((record) => [recordKey(record), record.personId] as const),
  ]);
  const people = await readPeople(tx, workspaceId, [...new Set([...holders.values(), ...ids])]);
  const users = await sql<{ id: string; email: string; name: string }>`
    select u.id, u.email, u.name from users u where u.workspace_id = ${workspaceId}`.execute(tx);
  return {
    holder: (key) => holders.get(key),
    person: (id) => people.get(id),
    userId(text) {
      const sought = text.toLowerCase();
      const found = users.rows.filter(
        ({ email, name }) => email.toLowerCase() === sought || name.toLowerCase() === sought,
      );
      return found.length === 1 ? (found[0]?.id ?? null) : null;
    },
    userEmail: (id) => users.rows.find((user) => user.id === id)?.email,
  };
}

async function readPeople(
  tx: WriteTransaction,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, PresentPerson>> {
  const { rows } = await sql<{ person: PresentPerson }>`
    select json_strip_nulls(json_build_object(
      'id', p.id, 'name', p.name, 'company', p.company, 'title', p.title, 'phone', p.phone,
      'country', p.country, 'language', p.language, 'attributes', p.attributes,
      'sourceStage', p.source_stage, 'sourceOwnerId', p.source_owner_id,
      'statusSystem', p.source_status_system, 'statusValue', p.source_status_value,
      'doNotContactReason', p.do_not_contact_reason,
      'emails', coalesce((
        select json_agg(e.written order by e.position) from person_emails e
        where e.workspace_id = ${workspaceId} and e.person_id = p.id), '[]'::json),
      'externalIds', coalesce((
        select json_agg(${recordJson('x')} order by x.position) from person_external_ids x
        where x.workspace_id = ${workspaceId} and x.person_id = p.id), '[]'::json),
      'consents', coalesce((
        select json_agg(json_build_object('channel', c.channel, 'state', c.state, 'basis', c.basis,
          'source', c.source, 'since', ${instant('c.since')})) from consents c
        where c.workspace_id = ${workspaceId} and c.person_id = p.id), '[]'::json)
    )) as person
    from people p where p.workspace_id = ${workspaceId} and p.id = any(${ids}::uuid[])`.execute(tx);
  return new Map(rows.map(({ person }) => [person.id, person]));
}
