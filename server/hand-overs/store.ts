import { type RawBuilder, sql } from 'kysely';
import type { HandOver } from '../../utils/contract/hand-over.ts';
import { clockState, countingClock, nextClockChange } from '../../utils/domain/clock-state.ts';
import { clockNumber, indexClock } from '../../utils/domain/index-state.ts';
import { promiseKept } from '../../utils/domain/promise-kept.ts';
import { markPeople } from '../reports/mark-reports.ts';
import type { Database, WriteTransaction } from '../store/database.ts';
import { refreshIndexClocks } from '../store/lead-index.ts';
import type { Value } from '../store/query-template.ts';
import { type HandOverRecord, nextEscalationAt } from './hand-over-record.ts';
import { noteChanges } from '../live/changes.ts';

/** What the lead index needs of a hand-over. */
type IndexedHandOver = Pick<HandOverRecord, 'personId' | 'document'>;

/** So many clocks are brought up to date in one transaction. */
const CLOCKS = 200;

const columns = sql`h.person_id as "personId", h.document, h.terms, h.escalated, h.reopens`;

/** The contract's `HandOver`, the open one or else the latest of row `people p`, as JSON; null when there never was one. */
export function handOverJson(workspaceId: Value): RawBuilder<string | null> {
  return sql`(
    select h.document from hand_overs h
    where h.workspace_id = ${workspaceId} and h.person_id = p.id order by h.open desc, h.at desc, h.id desc limit 1)`;
}

/** The hand-over that counts for each of these people, the open one or else the latest, kept from others until the transaction ends. */
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
        order by l.open desc, l.at desc, l.id desc limit 1)
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

/**
 * One whose next escalation is due, unless another hub is at it; null when there is none. Of each row the person is
 * locked first, for what was locked before a row was skipped stays so: one who moves the lead would wait for it.
 */
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
    for no key update of p, h skip locked`.execute(tx);
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

/** Some whose clocks time has changed since the lead index was told, unless another hub is at them. */
export async function claimChangedClocks(
  tx: WriteTransaction,
  workspaceId: string,
  now: Date,
): Promise<IndexedHandOver[]> {
  const { rows } = await sql<IndexedHandOver>`
    select h.person_id as "personId", h.document from hand_overs h
    join people p on p.workspace_id = ${workspaceId} and p.id = h.person_id
    where h.workspace_id = ${workspaceId} and h.index_due_at <= ${now.toISOString()}
    order by h.index_due_at limit ${CLOCKS}
    for no key update of p, h skip locked`.execute(tx);
  return rows;
}

/** Lets the lead index say how these clocks stand, and notes when they are to be looked at again. */
export async function saveIndexClocks(
  tx: WriteTransaction,
  workspaceId: string,
  handOvers: readonly IndexedHandOver[],
  now: Date,
): Promise<void> {
  if (handOvers.length === 0) return;
  const rows = handOvers.map(({ document }) => ({ id: document.id, ...clockColumns(document, now) }));
  await sql`
    update hand_overs h set index_clock = r.index_clock, index_due_at = r.index_due_at, kept = r.kept
    from json_populate_recordset(null::hand_overs, ${JSON.stringify(rows)}::text::json) r
    where h.workspace_id = ${workspaceId} and h.id = r.id`.execute(tx);
  await refreshIndexClocks(
    tx,
    workspaceId,
    handOvers.map(({ personId }) => personId),
  );
  // Time alone can break a promise, but not keep it.
  const broken = handOvers.filter(({ document }) => promiseKept(document, now) === false);
  await markPeople(
    tx,
    workspaceId,
    broken.map(({ personId }) => personId),
    now,
  );
}

function clockColumns(document: HandOver, now: Date) {
  const clock = countingClock(document);
  const state = clock === null ? 'not-started' : clockState(clock, document.pauses, now.getTime());
  const due = clock && nextClockChange(clock, document.pauses, now.getTime());
  return {
    index_clock: clockNumber(indexClock(state)),
    index_due_at: due === null ? null : new Date(due).toISOString(),
    kept: promiseKept(document, now),
  };
}

/** Stores hand-overs, new or changed, and lets the lead index say how their clocks stand. */
export async function saveHandOvers(
  tx: WriteTransaction,
  workspaceId: string,
  records: readonly HandOverRecord[],
  now: Date,
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
    ...clockColumns(record.document, now),
  }));
  await sql`
    insert into hand_overs (workspace_id, id, person_id, at, document, terms, open, owner_id, escalated,
      next_escalation_at, reopens, index_clock, index_due_at, kept)
    select ${workspaceId}::uuid, r.id, r.person_id, r.at, r.document, r.terms, r.open, r.owner_id, r.escalated,
      r.next_escalation_at, r.reopens, r.index_clock, r.index_due_at, r.kept
    from json_populate_recordset(null::hand_overs, ${JSON.stringify(rows)}::text::json) r
    on conflict (workspace_id, id) do update
      set document = excluded.document, open = excluded.open, owner_id = excluded.owner_id,
        escalated = excluded.escalated, next_escalation_at = excluded.next_escalation_at,
        reopens = excluded.reopens, index_clock = excluded.index_clock,
        index_due_at = excluded.index_due_at, kept = excluded.kept`.execute(tx);
  const personIds = records.map(({ personId }) => personId);
  await refreshIndexClocks(tx, workspaceId, personIds);
  await markPeople(tx, workspaceId, personIds, now);
  noteChanges(tx, 'person', personIds);
}
