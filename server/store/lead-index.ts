import { sql } from 'kysely';
import { IndexClock } from '../../utils/contract/lead-index.ts';
import type { ExternalId } from '../../utils/contract/primitives.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import { inDomains } from '../../utils/domain/email.ts';
import { CLOCK_SHIFT, packState } from '../../utils/domain/index-state.ts';
import { emailIndexText, importLeadKey, leadHash, recordIndexText } from '../../utils/domain/lead-hash.ts';
import type { WriteTransaction } from './database.ts';
import { recordJson } from './json.ts';

interface IndexedPerson {
  id: string;
  stage: Stage;
  doNotContact: boolean;
  /** The clock's number in the state byte. */
  clock: number;
  emails: { email: string; withoutTag: string }[];
  records: ExternalId[];
}

/**
 * Brings the index entries of these people up to date. Call it in the transaction that changed their
 * addresses, records, stage or do-not-contact.
 */
export async function refreshLeadIndex(
  tx: WriteTransaction,
  workspaceId: string,
  personIds: readonly string[],
): Promise<void> {
  const value = await lockCounter(tx, workspaceId);
  const people = await readIndexedPeople(tx, workspaceId, personIds);
  const keys = await readKeys(tx, workspaceId);
  const entries = await makeEntries(people, keys);
  const changed = await sql`
    with wanted as (
      select w.key_number, decode(w.hash, 'hex') as hash, w.person_id, w.exact, w.state
      from json_to_recordset(${JSON.stringify(entries)}::text::json)
        as w (key_number smallint, hash text, person_id uuid, exact boolean, state smallint)
    ),
    changed as (
      select w.*, false as deleted from wanted w
      left join lead_index i on i.workspace_id = ${workspaceId}
        and i.key_number = w.key_number and i.hash = w.hash and i.person_id = w.person_id
      where i.hash is null or i.deleted or i.state <> w.state or i.exact <> w.exact
      union all
      select g.key_number, g.hash, g.person_id, g.exact, g.state, true from lead_index g
      where g.workspace_id = ${workspaceId} and g.person_id = any(${personIds}::uuid[]) and not g.deleted
        and g.key_number = any(${keys.map(({ number }) => number)}::smallint[])
        and not exists (
          select 1 from wanted w
          where w.key_number = g.key_number and w.hash = g.hash and w.person_id = g.person_id)
    )
    insert into lead_index (workspace_id, key_number, hash, person_id, exact, state, seq, deleted)
    select ${workspaceId}::uuid, c.key_number, c.hash, c.person_id, c.exact, c.state,
      ${value}::bigint + row_number() over (order by c.key_number, c.hash, c.person_id), c.deleted
    from changed c
    on conflict (workspace_id, key_number, hash, person_id) do update
      set exact = excluded.exact, state = excluded.state, seq = excluded.seq, deleted = excluded.deleted`.execute(
    tx,
  );
  await advanceCounter(tx, workspaceId, changed.numAffectedRows);
}

/**
 * The same for people of whom only a hand-over was changed: no hash is made, and the counter is left alone where
 * all clocks stand as before.
 */
export async function refreshIndexClocks(
  tx: WriteTransaction,
  workspaceId: string,
  personIds: readonly string[],
): Promise<void> {
  const shift = sql.lit(CLOCK_SHIFT);
  const changed = sql`
    select i.key_number, i.hash, i.person_id, i.state - ((i.state >> ${shift}) << ${shift}) + (k.clock << ${shift}) as state
    from (
      select n.id, (
        select h.index_clock::int from hand_overs h where h.workspace_id = ${workspaceId} and h.person_id = n.id
        order by h.open desc, h.at desc, h.id desc limit 1) as clock
      from unnest(${[...new Set(personIds)]}::uuid[]) n (id)
    ) k
    join lead_index i on i.workspace_id = ${workspaceId} and i.person_id = k.id
    where not i.deleted and i.state >> ${shift} <> k.clock
      and i.key_number in (
        select u.number from lead_keys u where u.workspace_id = ${workspaceId} and u.state <> 'retired')`;
  const { rows } = await sql`select 1 from (${changed}) c limit 1`.execute(tx);
  if (rows.length === 0) return;
  const value = await lockCounter(tx, workspaceId);
  const updated = await sql`
    update lead_index l set state = c.state, seq = c.seq
    from (
      select *, ${value}::bigint + row_number() over (order by o.key_number, o.hash, o.person_id) as seq
      from (${changed}) o
    ) c
    where l.workspace_id = ${workspaceId} and l.key_number = c.key_number and l.hash = c.hash
      and l.person_id = c.person_id`.execute(tx);
  await advanceCounter(tx, workspaceId, updated.numAffectedRows);
}

/**
 * The number of the index's last change. Holding its row until the transaction ends makes the numbers gapless in the
 * order of commits, so that no client's cursor runs past a change.
 */
export async function lockCounter(tx: WriteTransaction, workspaceId: string): Promise<string> {
  const { rows } = await sql<{ value: string }>`
    select c.value::text from counters c
    where c.workspace_id = ${workspaceId} and c.name = 'lead_index' for update`.execute(tx);
  return rows[0]?.value ?? '0';
}

async function advanceCounter(tx: WriteTransaction, workspaceId: string, by = 0n): Promise<void> {
  await sql`
    update counters c set value = c.value + ${String(by)}::bigint
    where c.workspace_id = ${workspaceId} and c.name = 'lead_index'`.execute(tx);
}

async function readIndexedPeople(tx: WriteTransaction, workspaceId: string, personIds: readonly string[]) {
  const { rows } = await sql<IndexedPerson>`
    select p.id, p.stage, p.do_not_contact_since is not null as "doNotContact",
      coalesce((select h.index_clock from hand_overs h
        where h.workspace_id = ${workspaceId} and h.person_id = p.id
        order by h.open desc, h.at desc, h.id desc limit 1), 0) as clock,
      (select coalesce(json_agg(json_build_object('email', e.email, 'withoutTag', e.without_tag)), '[]'::json)
       from person_emails e where e.workspace_id = ${workspaceId} and e.person_id = p.id) as emails,
      (select coalesce(json_agg(${recordJson('x')}), '[]'::json)
       from person_external_ids x
       where x.workspace_id = ${workspaceId} and x.person_id = p.id and x.tenant <> '') as records
    from people p
    where p.workspace_id = ${workspaceId} and p.id = any(${personIds}::uuid[]) and p.archived_at is null`.execute(
    tx,
  );
  return rows;
}

interface Key {
  number: number;
  key: Uint8Array<ArrayBuffer>;
  /** The workspace's own. */
  domains: string[];
}

/** The keys that clients have or are about to get. */
async function readKeys(tx: WriteTransaction, workspaceId: string): Promise<Key[]> {
  const { rows } = await sql<Key>`
    select k.number, k.key, w.domains from lead_keys k
    join workspaces w on w.workspace_id = ${workspaceId}
    where k.workspace_id = ${workspaceId} and k.state <> 'retired'`.execute(tx);
  if (rows.length === 0) throw new Error('The workspace has no key for its lead index.');
  return rows;
}

async function makeEntries(people: readonly IndexedPerson[], keys: readonly Key[]) {
  const entries = keys.map(async ({ number, key: raw, domains }) => {
    const key = await importLeadKey(raw);
    return Promise.all(
      people.flatMap((person) => {
        const clock = IndexClock.options[person.clock] ?? 'none';
        const state = packState({ ...person, clock });
        return [...indexTexts(person, domains)].map(async ([text, exact]) => ({
          key_number: number,
          hash: Buffer.from(await leadHash(key, text)).toString('hex'),
          person_id: person.id,
          exact,
          state,
        }));
      }),
    );
  });
  return (await Promise.all(entries)).flat();
}

/** What leads to a person, and whether it is exact. Colleagues' addresses are left out: they are no leads. */
function indexTexts({ emails, records }: IndexedPerson, domains: readonly string[]): Map<string, boolean> {
  const outside = emails.filter(({ email }) => !inDomains(email, domains));
  const texts = new Map([
    ...outside.map(({ withoutTag }) => [emailIndexText(withoutTag), false] as const),
    ...outside.map(({ email }) => [emailIndexText(email), true] as const),
  ]);
  for (const record of records) {
    const text = recordIndexText(record);
    if (text !== null) texts.set(text, true);
  }
  return texts;
}
