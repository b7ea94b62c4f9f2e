import { sql } from 'kysely';
import type { ContextQuery } from '../../utils/contract/lead-context.ts';
import { lookUpRow } from '../store/find-people.ts';
import type { WriteTransaction } from '../store/database.ts';
import type { MOVED_TABLES } from './person-tables.ts';

/** A row that was just stored: its key besides the workspace, whose it is, and how it named them. */
export interface NamedRow {
  key: readonly string[];
  personId: string;
  /** By address or record, or by an id that leads to them. */
  named: ContextQuery | { id: string };
}

/**
 * Remembers of rows that named somebody who is merged now that they are that one's: an undo gives them back. Call it
 * in the transaction that stored them; where nobody was merged it costs one look.
 */
export async function noteNamed(
  tx: WriteTransaction,
  workspaceId: string,
  table: keyof typeof MOVED_TABLES,
  rows: readonly NamedRow[],
): Promise<void> {
  const people = [...new Set(rows.map(({ personId }) => personId))];
  if (people.length === 0) return;
  const { rows: merged } = await sql<{ id: string }>`
    select distinct m.kept_id as id from person_merges m
    where m.workspace_id = ${workspaceId} and m.kept_id = any(${people}::uuid[]) and m.undone_at is null`.execute(
    tx,
  );
  const kept = new Set(merged.map(({ id }) => id));
  const named = rows.filter(({ personId }) => kept.has(personId));
  if (named.length === 0) return;
  const json = JSON.stringify(
    named.map(({ key, personId, named: by }) => ({
      row_key: key,
      person_id: personId,
      ...('id' in by ? { alias: by.id } : lookUpRow(by)),
    })),
  );
  await sql`
    insert into person_merge_moves (workspace_id, merge_id, table_name, row_key)
    select distinct ${workspaceId}::uuid, v.merge_id, ${table}, n.row_key::text
    from json_to_recordset(${json}::text::json) as n (row_key jsonb, person_id uuid, alias text, email text,
      without_tag text, system text, tenant text, type text, id text)
    join person_merge_moves v on v.workspace_id = ${workspaceId} and (
      v.table_name = 'person_aliases' and v.row_key = jsonb_build_array(n.alias)::text
      or v.table_name = 'person_emails' and v.row_key = jsonb_build_array(coalesce(
        (select e.email from person_emails e where e.workspace_id = ${workspaceId} and e.email = n.email),
        (select min(w.email) from person_emails w
         where w.workspace_id = ${workspaceId} and w.person_id = n.person_id and w.without_tag = n.without_tag)))::text
      or v.table_name = 'person_external_ids'
        and v.row_key = jsonb_build_array(n.system, coalesce(n.tenant, ''), n.type, n.id)::text)
    join person_merges m on m.workspace_id = ${workspaceId} and m.id = v.merge_id and m.undone_at is null
    on conflict do nothing`.execute(tx);
}

/** The same for addresses and records that rows with these alias ids have brought. */
export async function noteAliasKeys(
  tx: WriteTransaction,
  workspaceId: string,
  aliasIds: readonly string[],
): Promise<void> {
  if (aliasIds.length === 0) return;
  const ids = sql`any(${aliasIds}::uuid[])`;
  await sql`
    insert into person_merge_moves (workspace_id, merge_id, table_name, row_key)
    select ${workspaceId}::uuid, v.merge_id, n.table_name, n.row_key
    from (
      select e.named_by, 'person_emails' as table_name, jsonb_build_array(e.email)::text as row_key
      from person_emails e where e.workspace_id = ${workspaceId} and e.named_by = ${ids}
      union all
      select x.named_by, 'person_external_ids', jsonb_build_array(x.system, x.tenant, x.type, x.id)::text
      from person_external_ids x where x.workspace_id = ${workspaceId} and x.named_by = ${ids}
    ) n
    join person_merge_moves v on v.workspace_id = ${workspaceId} and v.table_name = 'person_aliases'
      and v.row_key = jsonb_build_array(n.named_by::text)::text
    join person_merges m on m.workspace_id = ${workspaceId} and m.id = v.merge_id and m.undone_at is null
    on conflict do nothing`.execute(tx);
}
