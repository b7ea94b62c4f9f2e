import { sql } from 'kysely';
import type { LeadIndexResponse } from '../../utils/contract/lead-index.ts';
import type { ExternalId } from '../../utils/contract/primitives.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import { inDomains } from '../../utils/domain/email.ts';
import { packState } from '../../utils/domain/index-state.ts';
import { emailIndexText, importLeadKey, leadHash, recordIndexText } from '../../utils/domain/lead-hash.ts';
import type { Database, WriteTransaction } from './database.ts';

const PAGE_ENTRIES = 100_000;

interface IndexedPerson {
  id: string;
  stage: Stage;
  doNotContact: boolean;
  emails: { email: string; withoutTag: string }[];
  records: ExternalId[];
}

/**
 * Brings the index entries of these people up to date. Call it in the transaction that changed their
 * addresses, records, stage or do-not-contact. Holding the counter's row until the transaction ends
 * makes the numbers gapless in the order of commits, so that no client's cursor runs past a change.
 */
export async function refreshLeadIndex(
  tx: WriteTransaction,
  workspaceId: string,
  personIds: readonly string[],
): Promise<void> {
  const { rows } = await sql<{ value: string }>`
    select c.value::text from counters c
    where c.workspace_id = ${workspaceId} and c.name = 'lead_index' for update`.execute(tx);
  const value = rows[0]?.value ?? '0';
  const entries = await makeEntries(tx, workspaceId, await readIndexedPeople(tx, workspaceId, personIds));
  const changed = await sql`
    with wanted as (
      select decode(w.hash, 'hex') as hash, w.person_id, w.exact, w.state
      from json_to_recordset(${JSON.stringify(entries)}::text::json)
        as w (hash text, person_id uuid, exact boolean, state smallint)
    ),
    changed as (
      select w.*, false as deleted from wanted w
      left join lead_index i
        on i.workspace_id = ${workspaceId} and i.hash = w.hash and i.person_id = w.person_id
      where i.hash is null or i.deleted or i.state <> w.state or i.exact <> w.exact
      union all
      select g.hash, g.person_id, g.exact, g.state, true from lead_index g
      where g.workspace_id = ${workspaceId} and g.person_id = any(${personIds}::uuid[]) and not g.deleted
        and not exists (select 1 from wanted w where w.hash = g.hash and w.person_id = g.person_id)
    )
    insert into lead_index (workspace_id, hash, person_id, exact, state, seq, deleted)
    select ${workspaceId}::uuid, c.hash, c.person_id, c.exact, c.state,
      ${value}::bigint + row_number() over (order by c.hash, c.person_id), c.deleted
    from changed c
    on conflict (workspace_id, hash, person_id) do update
      set exact = excluded.exact, state = excluded.state, seq = excluded.seq, deleted = excluded.deleted`.execute(
    tx,
  );
  await sql`
    update counters c set value = c.value + ${String(changed.numAffectedRows ?? 0)}::bigint
    where c.workspace_id = ${workspaceId} and c.name = 'lead_index'`.execute(tx);
}

async function readIndexedPeople(tx: WriteTransaction, workspaceId: string, personIds: readonly string[]) {
  const { rows } = await sql<IndexedPerson>`
    select p.id, p.stage, p.do_not_contact_since is not null as "doNotContact",
      (select coalesce(json_agg(json_build_object('email', e.email, 'withoutTag', e.without_tag)), '[]'::json)
       from person_emails e where e.workspace_id = ${workspaceId} and e.person_id = p.id) as emails,
      (select coalesce(json_agg(json_build_object('system', x.system, 'tenant', x.tenant, 'type', x.type, 'id', x.id)), '[]'::json)
       from person_external_ids x
       where x.workspace_id = ${workspaceId} and x.person_id = p.id and x.tenant <> '') as records
    from people p
    where p.workspace_id = ${workspaceId} and p.id = any(${personIds}::uuid[]) and p.archived_at is null`.execute(
    tx,
  );
  return rows;
}

async function makeEntries(tx: WriteTransaction, workspaceId: string, people: readonly IndexedPerson[]) {
  const { rows } = await sql<{ key: Uint8Array<ArrayBuffer>; domains: string[] }>`
    select w.lead_key as key, w.domains from workspaces w where w.workspace_id = ${workspaceId}`.execute(tx);
  if (!rows[0]) throw new Error('The workspace is gone.');
  const { domains } = rows[0];
  const key = await importLeadKey(rows[0].key);

  return Promise.all(
    people.flatMap((person) =>
      [...indexTexts(person, domains)].map(async ([text, exact]) => ({
        hash: Buffer.from(await leadHash(key, text)).toString('hex'),
        person_id: person.id,
        exact,
        state: packState({ ...person, clock: 'none' }),
      })),
    ),
  );
}

/** What leads to a person, and whether it is exact. Colleagues' addresses are left out: they are no leads. */
function indexTexts({ emails, records }: IndexedPerson, domains: readonly string[]): Map<string, boolean> {
  const outside = emails.filter(({ email }) => !inDomains(email, domains));
  return new Map([
    ...outside.map(({ withoutTag }) => [emailIndexText(withoutTag), false] as const),
    ...outside.map(({ email }) => [emailIndexText(email), true] as const),
    ...records.flatMap((record) => {
      const text = recordIndexText(record);
      return text === null ? [] : [[text, true] as const];
    }),
  ]);
}

/** What changed in the index since a cursor, at most a page of it. */
export async function readLeadIndex(
  db: Database,
  workspaceId: string,
  since: number,
  pageEntries = PAGE_ENTRIES,
): Promise<LeadIndexResponse> {
  const { rows } = await sql<{
    keyId: string;
    key: Uint8Array;
    last: string;
    cursor: string;
    upserts: Uint8Array | null;
    deletes: Uint8Array | null;
  }>`
    with page as (
      select i.hash, i.seq from lead_index i
      where i.workspace_id = ${workspaceId} and i.seq > ${since} order by i.seq limit ${pageEntries}
    ),
    states as (
      select h.hash, coalesce(
        max(l.state) filter (where l.exact),
        case when count(l.person_id) = 1 then max(l.state) end
      ) as state
      from (select distinct hash from page) h
      left join lead_index l on l.workspace_id = ${workspaceId} and l.hash = h.hash and not l.deleted
      group by h.hash
    )
    select w.lead_key_id as "keyId", w.lead_key as key,
      (select c.value::text from counters c
       where c.workspace_id = ${workspaceId} and c.name = 'lead_index') as last,
      (select coalesce(max(page.seq), ${since})::text from page) as cursor,
      (select string_agg(s.hash || set_byte('\\x00'::bytea, 0, s.state), ''::bytea order by s.hash)
       from states s where s.state is not null) as upserts,
      (select string_agg(s.hash, ''::bytea order by s.hash) from states s where s.state is null) as deletes
    from workspaces w where w.workspace_id = ${workspaceId}`.execute(db);
  if (!rows[0]) throw new Error('The workspace is gone.');
  const { keyId, key, last, cursor, upserts, deletes } = rows[0];
  return {
    keyId,
    key: base64(key),
    cursor: Number(cursor),
    complete: Number(cursor) >= Number(last),
    upserts: base64(upserts),
    deletes: base64(deletes),
  };
}

const base64 = (bytes: Uint8Array | null) => Buffer.from(bytes ?? []).toString('base64');
