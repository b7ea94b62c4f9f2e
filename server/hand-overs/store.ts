import { type RawBuilder, sql } from 'kysely';
import type { HandOver } from '../../utils/contract/hand-over.ts';
import type { Database, WriteTransaction } from '../store/database.ts';
import { type HandOverRecord, nextEscalationAt } from './hand-over-record.ts';

const columns = sql`h.person_id as "personId", h.document, h.terms, h.escalated, h.reopens`;

/** The contract's `HandOver`, the latest of row `people p`, as JSON; null when there never was one. */
export function handOverJson(workspaceId: string): RawBuilder<string | null> {
  return sql`(
    select h.document from hand_overs h
    where h.workspace_id = ${workspaceId} and h.person_id = p.id order by h.at desc, h.id desc limit 1)`;
}

/** The latest hand-over of each of these people, kept from others until the transaction ends. */
export async function lockLatest(
  tx: WriteTransaction,
  workspaceId: string,
  personIds: readonly string[],
): Promise<HandOverRecord[]> {
  const { rows } = await sql<HandOverRecord>`
    select ${columns} from hand_overs h
    where h.workspace_id = ${workspaceId} and h.person_id = any(${personIds}::uuid[])
      and h.id = (
        select l.id from hand_overs l
        where l.workspace_id = ${workspaceId} and l.person_id = h.person_id
        order by l.at desc, l.id desc limit 1)
    order by h.id for no key update`.execute(tx);
  return rows;
}

/** One hand-over, kept from others together with its person; null when there is none. */
export async function lockHandOver(
  tx: WriteTransaction,
  workspaceId: string,
  id: string,
): Promise<HandOverRecord | null> {
  // People first, as every move of a stage does: two who lock in the same order cannot block each other.
  await sql`
    select 1 from people p
    where p.workspace_id = ${workspaceId}
      and p.id = (select o.person_id from hand_overs o where o.workspace_id = ${workspaceId} and o.id = ${id})
    for no key update`.execute(tx);
  const { rows } = await sql<HandOverRecord>`
    select ${columns} from hand_overs h where h.workspace_id = ${workspaceId} and h.id = ${id} for no key update`.execute(
    tx,
  );
  return rows[0] ?? null;
}

/** One whose next escalation is due, unless another hub is at it; null when there is none. */
export async function claimDue(
  tx: WriteTransaction,
  workspaceId: string,
  now: Date,
): Promise<HandOverRecord | null> {
  const { rows } = await sql<HandOverRecord>`
    select ${columns} from hand_overs h
    join people p on p.workspace_id = ${workspaceId} and p.id = h.person_id
    where h.workspace_id = ${workspaceId} and h.next_escalation_at <= ${now.toISOString()}
      and p.archived_at is null
    order by h.next_escalation_at limit 1
    for no key update of h, p skip locked`.execute(tx);
  return rows[0] ?? null;
}

/** Lets the next escalation wait, whatever is wrong with it. */
export async function postponeEscalation(
  db: Database,
  workspaceId: string,
  id: string,
  until: Date,
): Promise<void> {
  await sql`
    update hand_overs h set next_escalation_at = ${until.toISOString()}
    where h.workspace_id = ${workspaceId} and h.id = ${id}`.execute(db);
}

/** What clients see of one hand-over. */
export async function readHandOver(
  tx: WriteTransaction,
  workspaceId: string,
  id: string,
): Promise<HandOver | null> {
  const { rows } = await sql<{ document: HandOver }>`
    select h.document from hand_overs h where h.workspace_id = ${workspaceId} and h.id = ${id}`.execute(tx);
  return rows[0]?.document ?? null;
}

/** Stores hand-overs, new or changed. */
export async function saveHandOvers(
  tx: WriteTransaction,
  workspaceId: string,
  records: readonly HandOverRecord[],
): Promise<void> {
  if (records.length === 0) return;
  const rows = records.map((record) => ({
    id: record.document.id,
    person_id: record.personId,
    at: record.document.at,
    document: record.document,
    terms: record.terms,
    open: record.document.outcome === undefined,
    owner_id: record.document.to?.id ?? null,
    escalated: record.escalated,
    next_escalation_at: nextEscalationAt(record)?.toISOString() ?? null,
    reopens: record.reopens,
  }));
  await sql`
    insert into hand_overs (workspace_id, id, person_id, at, document, terms, open, owner_id, escalated,
      next_escalation_at, reopens)
    select ${workspaceId}::uuid, r.id, r.person_id, r.at, r.document, r.terms, r.open, r.owner_id, r.escalated,
      r.next_escalation_at, r.reopens
    from json_populate_recordset(null::hand_overs, ${JSON.stringify(rows)}::text::json) r
    on conflict (workspace_id, id) do update
      set document = excluded.document, open = excluded.open, owner_id = excluded.owner_id,
        escalated = excluded.escalated, next_escalation_at = excluded.next_escalation_at,
        reopens = excluded.reopens`.execute(tx);
}
