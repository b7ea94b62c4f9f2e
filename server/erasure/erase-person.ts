import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { ExternalId } from '../../utils/contract/primitives.ts';
import { lockWholePerson } from '../merging/whole-person.ts';
import { settleFigures } from '../reports/refresh-figures.ts';
import { hasColumn, readTables, type Table } from '../store/catalogue.ts';
import type { WriteTransaction } from '../store/database.ts';
import { refreshLeadIndex } from '../store/lead-index.ts';
import { KEPT, stripKept } from './kept-tables.ts';
import { leavePlaces } from './leave-places.ts';
import { replaceIds, removeTexts } from './remove-traces.ts';
import { layTombstones } from './tombstones.ts';

/** What of a person has to be found elsewhere. */
export interface ErasedPerson {
  id: string;
  name: string;
  phone: string | null;
  emails: string[];
  externalIds: ExternalId[];
}

/**
 * Erases a person, and with them everybody they were merged with, by whichever of their ids: they are one human being.
 * What reports count stays under new ids that stand for nobody, without times of day and without anything that was
 * written; every other row goes, and wherever else in the workspace their ids, addresses, phone numbers or full names
 * stand, they are taken out. Clients forget them by the lead index. It reads every table once, so with millions of
 * touchpoints it takes a while.
 *
 * @param tombstone whether sources are kept from bringing them back.
 * @returns the id that stands in their place; null when there is nobody with this id.
 */
export async function erasePerson(
  tx: WriteTransaction,
  workspaceId: string,
  { personId, now, tombstone }: { personId: string; now: Date; tombstone: boolean },
): Promise<string | null> {
  const { keptId, ids } = await lockWholePerson(tx, workspaceId, personId);
  const people = await readPeople(tx, workspaceId, ids);
  if (!people.some(({ id }) => id === keptId)) return null;
  const tables = (await readTables(tx)).filter((table) => hasColumn(table, 'workspace_id'));
  const standIn = uuid();
  // One for each row of theirs: of a key of two columns there may be one for each of them.
  const rows = new Map(people.map(({ id }) => [id, id === keptId ? standIn : uuid()]));
  if (tombstone) {
    const known = ids.map((id) => people.find((one) => one.id === id) ?? { id, emails: [], externalIds: [] });
    await layTombstones(tx, workspaceId, { erasureId: standIn, people: known, now });
  }

  await settleFigures(tx, workspaceId, ids, now);
  await sql`
    update people p set archived_at = ${now.toISOString()}
    where p.workspace_id = ${workspaceId} and p.id = any(${ids}::uuid[])`.execute(tx);
  await refreshLeadIndex(tx, workspaceId, ids);
  await sql`
    insert into people (workspace_id, id, name, stage, stage_event_id, stage_since, source_stage, sourced_at,
      archived_at, erased)
    select ${workspaceId}::uuid, r.stand_in, '–', p.stage, p.stage_event_id, p.stage_since, p.source_stage,
      p.sourced_at, ${now.toISOString()}, true
    from people p
    join unnest(${[...rows.keys()]}::uuid[], ${[...rows.values()]}::uuid[]) r (id, stand_in) on r.id = p.id
    where p.workspace_id = ${workspaceId}`.execute(tx);
  await stripKept(tx, workspaceId, ids, now);
  await deleteMerges(tx, workspaceId, ids);
  await deleteOwn(tx, workspaceId, tables, ids);
  await leavePlaces(tx, workspaceId, ids);
  await replaceIds(tx, workspaceId, tables, new Map(ids.map((id) => [id, rows.get(id) ?? standIn])));
  await sql`
    delete from people p where p.workspace_id = ${workspaceId} and p.id = any(${ids}::uuid[])`.execute(tx);
  await removeTexts(tx, workspaceId, { tables, ids, people, standIn });
  return standIn;
}

async function readPeople(
  tx: WriteTransaction,
  workspaceId: string,
  ids: readonly string[],
): Promise<ErasedPerson[]> {
  const { rows } = await sql<ErasedPerson>`
    select p.id, p.name, p.phone,
      (select coalesce(json_agg(distinct a.address), '[]'::json) from person_emails e,
        unnest(array[e.email, e.written]) a (address)
       where e.workspace_id = ${workspaceId} and e.person_id = p.id) as emails,
      (select coalesce(json_agg(json_build_object('system', x.system, 'tenant', x.tenant, 'type', x.type, 'id', x.id)),
        '[]'::json)
       from person_external_ids x
       where x.workspace_id = ${workspaceId} and x.person_id = p.id) as "externalIds"
    from people p
    where p.workspace_id = ${workspaceId} and p.id = any(${ids}::uuid[]) and not p.erased
    order by p.id`.execute(tx);
  return rows;
}

/** What merges have written down is theirs: of undone ones, too, and there is nobody left to part. */
async function deleteMerges(
  tx: WriteTransaction,
  workspaceId: string,
  ids: readonly string[],
): Promise<void> {
  await sql`
    delete from person_merge_moves v
    where v.workspace_id = ${workspaceId} and v.merge_id in (
      select m.id from person_merges m
      where m.workspace_id = ${workspaceId}
        and (m.kept_id = any(${ids}::uuid[]) or m.other_id = any(${ids}::uuid[])))`.execute(tx);
  await sql`
    delete from person_merges m
    where m.workspace_id = ${workspaceId}
      and (m.kept_id = any(${ids}::uuid[]) or m.other_id = any(${ids}::uuid[]))`.execute(tx);
}

/** Rows of theirs that no report counts. Those that refer to others go first. */
async function deleteOwn(
  tx: WriteTransaction,
  workspaceId: string,
  tables: readonly Table[],
  ids: readonly string[],
): Promise<void> {
  const own = tables.filter((table) => hasColumn(table, 'person_id') && !KEPT.includes(table.name));
  for (const { name } of own.toReversed()) {
    await sql`
      delete from ${sql.table(name)} t
      where t.workspace_id = ${workspaceId} and t.person_id = any(${ids}::uuid[])`.execute(tx);
  }
}
