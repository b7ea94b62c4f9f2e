import { sql } from 'kysely';
import type { SourceStatuses, StatusMapping } from '../../utils/contract/source.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import type { Database, WriteTransaction } from '../store/database.ts';

/** More different ones are no statuses but free text, which nobody maps. */
const MAX_STATUSES = 1_000;

/** The stages that a system's statuses stand for; a status that is not in it stands for none. */
export type Mappings = ReadonlyMap<string, Stage>;

/**
 * Keeps a workspace's mappings as they are until the transaction ends. Who writes them waits for whoever has read them:
 * then everybody whom they stored by what was said before is there to be looked at again. Who only refers to the
 * workspace waits for nobody.
 */
export async function lockMappings(
  tx: WriteTransaction,
  workspaceId: string,
  purpose: 'to read' | 'to write',
): Promise<void> {
  await sql`
    select 1 from workspaces w where w.workspace_id = ${workspaceId}
    for ${purpose === 'to read' ? sql`share` : sql`no key update`}`.execute(tx);
}

/** The mappings of a system. */
export async function readMappings(db: Database, workspaceId: string, system: string): Promise<Mappings> {
  const { rows } = await sql<{ value: string; stage: Stage }>`
    select m.value, m.stage from status_mappings m
    where m.workspace_id = ${workspaceId} and m.system = ${system}`.execute(db);
  return new Map(rows.map(({ value, stage }) => [value, stage]));
}

/** Every status that somebody has, and those that nobody has but that stand for a stage. */
export async function readStatuses(
  db: Database,
  workspaceId: string,
  system: string,
): Promise<SourceStatuses> {
  const { rows } = await sql<SourceStatuses['statuses'][number]>`
    select coalesce(s.value, m.value) as value, m.stage, coalesce(s.people, 0) as people
    from (
      select p.source_status_value as value, count(*)::int as people from people p
      where p.workspace_id = ${workspaceId} and p.source_status_system = ${system} and p.archived_at is null
      group by 1 order by 2 desc, 1 limit ${MAX_STATUSES}
    ) s
    full join (
      select o.value, o.stage from status_mappings o
      where o.workspace_id = ${workspaceId} and o.system = ${system}
    ) m on m.value = s.value
    order by 3 desc, 1`.execute(db);
  return { statuses: rows };
}

/** Those of these mappings that say something else than what is stored. */
export const changedMappings = (stored: Mappings, mappings: readonly StatusMapping[]): StatusMapping[] =>
  mappings.filter(({ value, stage }) => (stored.get(value) ?? null) !== stage);

/** Writes a system's mappings, and notes that whoever has one of the statuses is to be looked at again. */
export async function writeMappings(
  tx: WriteTransaction,
  workspaceId: string,
  system: string,
  mappings: readonly StatusMapping[],
): Promise<void> {
  await lockMappings(tx, workspaceId, 'to write');
  const changed = changedMappings(await readMappings(tx, workspaceId, system), mappings);
  const gone = changed.filter(({ stage }) => stage === null).map(({ value }) => value);
  const said = changed.filter(({ stage }) => stage !== null);
  await sql`
    delete from status_mappings m
    where m.workspace_id = ${workspaceId} and m.system = ${system} and m.value = any(${gone}::text[])`.execute(
    tx,
  );
  await sql`
    insert into status_mappings (workspace_id, system, value, stage)
    select ${workspaceId}::uuid, ${system}, r.value, r.stage
    from json_to_recordset(${JSON.stringify(said)}::text::json) as r (value text, stage text)
    on conflict (workspace_id, system, value) do update set stage = excluded.stage`.execute(tx);
  const values = changed.map(({ value }) => value);
  await markStatusesDue(tx, workspaceId, system, values);
}

/** Notes that whoever has one of these statuses is to be looked at, from the first person on. */
export async function markStatusesDue(
  tx: WriteTransaction,
  workspaceId: string,
  system: string,
  values: readonly string[],
): Promise<void> {
  if (values.length === 0) return;
  await sql`
    insert into due_statuses (workspace_id, system, value)
    select ${workspaceId}::uuid, ${system}, i.value from unnest(${values}::text[]) i (value)
    on conflict (workspace_id, system, value) do update set next_id = null, due_at = null`.execute(tx);
}
