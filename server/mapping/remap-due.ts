import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { Stage } from '../../utils/contract/stage.ts';
import { noteChanges } from '../live/changes.ts';
import { lockPeople } from '../qualification/lock-people.ts';
import { markDue } from '../qualification/mark-due.ts';
import { readAgreement } from '../store/agreements.ts';
import type { Database, WriteTransaction } from '../store/database.ts';
import { refreshLeadIndex } from '../store/lead-index.ts';
import { storeSourceMoves } from '../store/source-moves.ts';
import { transact } from '../store/transact.ts';
import { mappedPeople, type MappedPerson, stageByMapping } from './mapped-people.ts';
import { lockMappings, readMappings } from './status-mappings.ts';

/** Few enough that look-ups hardly wait for them, where the database has one session only. */
const BATCH = 100;
/** A status whose people cannot be moved is left alone for so long: it is a bug, and must hold up no other. */
const RETRY_AFTER_MS = 60_000;

/** A status whose meaning was changed, and from which person on they are still to be looked at. */
interface DueStatus {
  system: string;
  value: string;
  nextId: string | null;
}

/**
 * Moves some of the people whose status stands for another stage than before, as if their source had said so now.
 *
 * @returns whether there may be more.
 */
export async function remapDue(db: Database, workspaceId: string, now: Date): Promise<boolean> {
  let due: DueStatus | null = null;
  try {
    return await transact(db, workspaceId, now, async (tx) => {
      await lockMappings(tx, workspaceId, 'to read');
      due = await takeDue(tx, workspaceId, now);
      if (!due) return false;
      const last = await remapSome(tx, workspaceId, due, now);
      await goOn(tx, workspaceId, due, last);
      return true;
    });
  } catch (error) {
    if (due) await postpone(db, workspaceId, due, now);
    throw error;
  }
}

async function takeDue(tx: WriteTransaction, workspaceId: string, now: Date): Promise<DueStatus | null> {
  const { rows } = await sql<DueStatus>`
    select d.system, d.value, d.next_id as "nextId" from due_statuses d
    where d.workspace_id = ${workspaceId} and (d.due_at is null or d.due_at <= ${now.toISOString()}::timestamptz)
    order by d.due_at nulls first, d.system, d.value limit 1
    for update skip locked`.execute(tx);
  return rows[0] ?? null;
}

/** @returns the last of them; null: there are no more. */
async function remapSome(
  tx: WriteTransaction,
  workspaceId: string,
  { system, value, nextId }: DueStatus,
  now: Date,
): Promise<string | null> {
  const page = await sql<{ id: string }>`
    select p.id from people p
    where p.workspace_id = ${workspaceId} and p.source_status_system = ${system}
      and md5(p.source_status_value) = md5(${value}) and p.archived_at is null
      ${nextId === null ? sql`` : sql`and p.id >= ${nextId}`}
    order by p.id limit ${BATCH}`.execute(tx);
  const ids = page.rows.map(({ id }) => id);
  await lockPeople(tx, workspaceId, ids);
  // Read anew under the lock: their source may just have said something else.
  const { rows: people } = await sql<MappedPerson>`
    select m.* from (${mappedPeople(workspaceId, system, [value])}) m where m.id = any(${ids}::uuid[])`.execute(
    tx,
  );
  const stage = (await readMappings(tx, workspaceId, system)).get(value) ?? null;
  if (stage !== null) await moveAll(tx, workspaceId, people, { system, stage, now });
  // What the status stands for is shown beside it, whether it moved anybody or not.
  noteChanges(tx, 'person', ids);
  return ids.length < BATCH ? null : (ids.at(-1) ?? null);
}

/** Moves whom it moves; of the others it is remembered that their source has said this. */
async function moveAll(
  tx: WriteTransaction,
  workspaceId: string,
  people: readonly MappedPerson[],
  { system, stage, now }: { system: string; stage: Stage; now: Date },
): Promise<void> {
  const agreement = await readAgreement(tx, workspaceId);
  const rows = people.map((person) => {
    const to = stageByMapping(person, new Map([[person.status, stage]]), agreement);
    return {
      id: person.id,
      alias_id: person.aliasId,
      from: person.stage,
      stage: to,
      stage_event_id: to && uuid(),
      stage_since: to && now.toISOString(),
    };
  });
  const given = JSON.stringify(rows);
  await sql`
    update people p set stage = coalesce(r.stage, p.stage),
      stage_event_id = coalesce(r.stage_event_id, p.stage_event_id),
      stage_since = coalesce(r.stage_since, p.stage_since),
      source_stage = case when r.alias_id is null then ${stage} else p.source_stage end
    from json_to_recordset(${given}::text::json)
      as r (id uuid, alias_id uuid, stage text, stage_event_id uuid, stage_since timestamptz)
    where p.workspace_id = ${workspaceId} and p.id = r.id`.execute(tx);
  await sql`
    update person_aliases a set source_stage = ${stage}
    from json_to_recordset(${given}::text::json) as r (alias_id uuid)
    where a.workspace_id = ${workspaceId} and a.id = r.alias_id`.execute(tx);
  const moves = rows.flatMap(({ id: personId, from, stage: to, stage_event_id: eventId }) =>
    to && eventId ? [{ personId, system, from, to, eventId }] : [],
  );
  const moved = moves.map(({ personId }) => personId);
  await refreshLeadIndex(tx, workspaceId, moved);
  await storeSourceMoves(tx, workspaceId, moves, { agreementVersion: agreement.version, now });
  await markDue(tx, workspaceId, moved, now);
}

async function goOn(
  tx: WriteTransaction,
  workspaceId: string,
  { system, value }: DueStatus,
  last: string | null,
): Promise<void> {
  const next = last === null ? null : following(last);
  await (
    next === null
      ? sql`
        delete from due_statuses d
        where d.workspace_id = ${workspaceId} and d.system = ${system} and d.value = ${value}`
      : sql`
        update due_statuses d set next_id = ${next}
        where d.workspace_id = ${workspaceId} and d.system = ${system} and d.value = ${value}`
  ).execute(tx);
}

async function postpone(
  db: Database,
  workspaceId: string,
  { system, value }: DueStatus,
  now: Date,
): Promise<void> {
  const until = new Date(now.getTime() + RETRY_AFTER_MS).toISOString();
  await transact(db, workspaceId, now, async (tx) => {
    await sql`
      update due_statuses d set due_at = ${until}
      where d.workspace_id = ${workspaceId} and d.system = ${system} and d.value = ${value}`.execute(tx);
  });
}

/** The id after this one in the database's order; null: it is the last there can be. */
function following(id: string): string | null {
  const next = (BigInt(`0x${id.replaceAll('-', '')}`) + 1n).toString(16).padStart(32, '0');
  return next.length > 32 ? null : next.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
