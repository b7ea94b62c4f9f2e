import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { ExternalId } from '../../utils/contract/primitives.ts';
import { hasColumn, readTables, type Table } from '../store/catalogue.ts';
import type { WriteTransaction } from '../store/database.ts';
import { refreshLeadIndex } from '../store/lead-index.ts';
import { KEPT, stripKept } from './kept-tables.ts';
import { replaceId, removeTexts } from './remove-traces.ts';
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
 * Erases a person. What reports count stays under a new id that stands for nobody, without times of day and without
 * anything that was written; every other row goes, and wherever else in the workspace their id, addresses, phone
 * number or full name stand, they are taken out. Clients forget them by the lead index. It reads every table once, so
 * with millions of touchpoints it takes a while.
 *
 * @param tombstone whether sources are kept from bringing them back.
 * @returns the id that stands in their place; null when there is nobody with this id.
 */
export async function erasePerson(
  tx: WriteTransaction,
  workspaceId: string,
  { personId, now, tombstone }: { personId: string; now: Date; tombstone: boolean },
): Promise<string | null> {
  const person = await lockPerson(tx, workspaceId, personId);
  if (!person) return null;
  const tables = (await readTables(tx)).filter((table) => hasColumn(table, 'workspace_id'));
  const standIn = uuid();
  if (tombstone) await layTombstones(tx, workspaceId, { erasureId: standIn, people: [person], now });

  await sql`
    update people p set archived_at = ${now.toISOString()}
    where p.workspace_id = ${workspaceId} and p.id = ${personId}`.execute(tx);
  await refreshLeadIndex(tx, workspaceId, [personId]);
  await sql`
    insert into people (workspace_id, id, name, stage, stage_event_id, stage_since, source_stage, sourced_at,
      archived_at, erased)
    select ${workspaceId}::uuid, ${standIn}, '–', p.stage, p.stage_event_id, p.stage_since, p.source_stage,
      p.sourced_at, ${now.toISOString()}, true
    from people p where p.workspace_id = ${workspaceId} and p.id = ${personId}`.execute(tx);
  await stripKept(tx, workspaceId, personId);
  await deleteOwn(tx, workspaceId, tables, personId);
  await replaceId(tx, workspaceId, { tables, personId, standIn });
  await sql`delete from people p where p.workspace_id = ${workspaceId} and p.id = ${personId}`.execute(tx);
  await removeTexts(tx, workspaceId, { tables, person, standIn });
  return standIn;
}

async function lockPerson(
  tx: WriteTransaction,
  workspaceId: string,
  personId: string,
): Promise<ErasedPerson | undefined> {
  await sql`
    select 1 from people p where p.workspace_id = ${workspaceId} and p.id = ${personId} for update`.execute(
    tx,
  );
  const { rows } = await sql<ErasedPerson>`
    select p.id, p.name, p.phone,
      (select coalesce(json_agg(distinct a.address), '[]'::json) from person_emails e,
        unnest(array[e.email, e.written]) a (address)
       where e.workspace_id = ${workspaceId} and e.person_id = p.id) as emails,
      (select coalesce(json_agg(json_build_object('system', x.system, 'tenant', x.tenant, 'type', x.type, 'id', x.id)),
        '[]'::json)
       from person_external_ids x
       where x.workspace_id = ${workspaceId} and x.person_id = p.id) as "externalIds"
    from people p where p.workspace_id = ${workspaceId} and p.id = ${personId} and not p.erased`.execute(tx);
  return rows[0];
}

/** Rows of theirs that no report counts. Those that refer to others go first. */
async function deleteOwn(
  tx: WriteTransaction,
  workspaceId: string,
  tables: readonly Table[],
  personId: string,
): Promise<void> {
  const own = tables.filter((table) => hasColumn(table, 'person_id') && !KEPT.includes(table.name));
  for (const { name } of own.toReversed()) {
    await sql`
      delete from ${sql.table(name)} t
      where t.workspace_id = ${workspaceId} and t.person_id = ${personId}`.execute(tx);
  }
}
