import { sql } from 'kysely';
import type { LeadIndexResponse } from '../../utils/contract/lead-index.ts';
import type { Database } from './database.ts';

/** Few enough that a client merges a page without being seen to. */
const PAGE_ENTRIES = 20_000;

/**
 * What changed in the index since a cursor, at most a page of it. One statement sees one moment: the key and the
 * entries belong together, even while the key is being changed. The cursor of the last page is the last number there
 * is, for that may be of an entry under another key.
 */
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
    with in_use as (
      select k.number, k.id, k.key from lead_keys k
      where k.workspace_id = ${workspaceId} and k.state = 'current'
    ),
    page as (
      select i.hash, i.seq from lead_index i
      where i.workspace_id = ${workspaceId} and i.key_number = (select u.number from in_use u) and i.seq > ${since}
      order by i.seq limit ${pageEntries}
    ),
    states as (
      select h.hash, coalesce(
        max(l.state) filter (where l.exact),
        case when count(l.person_id) = 1 then max(l.state) end
      ) as state
      from (select distinct hash from page) h
      left join lead_index l on l.workspace_id = ${workspaceId} and l.key_number = (select u.number from in_use u)
        and l.hash = h.hash and not l.deleted
      group by h.hash
    )
    select u.id as "keyId", u.key, c.value::text as last,
      (select case when count(*) < ${pageEntries} then c.value else max(page.seq) end from page)::text as cursor,
      (select string_agg(s.hash || set_byte('\\x00'::bytea, 0, s.state), ''::bytea order by s.hash)
       from states s where s.state is not null) as upserts,
      (select string_agg(s.hash, ''::bytea order by s.hash) from states s where s.state is null) as deletes
    from in_use u join counters c on c.workspace_id = ${workspaceId} and c.name = 'lead_index'`.execute(db);
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
