import { sql } from 'kysely';
import type { LiveChange, LiveKind } from '../../utils/contract/live.ts';
import type { Database, WriteTransaction } from '../store/database.ts';

/** What PostgreSQL tells the other processes on; the payload is the workspace's id. */
export const CHANNEL = 'tandem_changes';

/** A change that touches more than so many is told as one that may touch any: a page shows one or two of them. */
const MAX_IDS = 100;
const KEPT_MS = 24 * 60 * 60_000;

/** Of each transaction under way what it has changed. */
const noted = new WeakMap<WriteTransaction, Map<LiveKind, Set<string>>>();
const ANY = 'any';

/**
 * Notes that what pages show of these has changed, or of any of them. It is stored once, however often it is noted, at
 * the end of the transaction (see `transact`).
 */
export function noteChanges(tx: WriteTransaction, kind: LiveKind, ids: readonly string[] | typeof ANY): void {
  if (ids.length === 0) return;
  const kinds = noted.get(tx) ?? new Map<LiveKind, Set<string>>();
  const all = kinds.get(kind) ?? new Set();
  for (const id of ids === ANY || ids.length > MAX_IDS ? [ANY] : ids) all.add(id);
  noted.set(tx, kinds.set(kind, all));
}

/**
 * Stores what was noted, as the last statement before the commit: from here on the workspace's other writers wait, so
 * that the numbers have no gaps and come in the order of the commits.
 */
export async function storeChanges(tx: WriteTransaction, workspaceId: string, now: Date): Promise<void> {
  const changes = [...(noted.get(tx) ?? [])].map(([kind, ids], index) => ({
    ord: index + 1,
    kind,
    ids: ids.has(ANY) || ids.size > MAX_IDS ? [] : [...ids],
  }));
  if (changes.length === 0) return;
  await sql`
    with counted as (
      insert into counters as c (workspace_id, name, value)
      values (${workspaceId}, 'changes', ${changes.length})
      on conflict (workspace_id, name) do update set value = c.value + excluded.value
      returning c.value
    ),
    stored as (
      insert into changes (workspace_id, seq, at, kind, ids)
      select ${workspaceId}::uuid, n.value - ${changes.length}::int + r.ord, ${now.toISOString()}::timestamptz,
        r.kind, r.ids
      from counted n, json_to_recordset(${JSON.stringify(changes)}::text::json) as r (ord int, kind text, ids uuid[])
    )
    select pg_notify(${CHANNEL}, ${workspaceId}::text) from counted`.execute(tx);
}

/** A change with its number in the workspace. */
export interface StoredChange extends LiveChange {
  seq: number;
}

/** Some of the changes after this one, in their order. */
export async function readChanges(
  db: Database,
  workspaceId: string,
  after: number,
  limit: number,
): Promise<StoredChange[]> {
  const { rows } = await sql<Omit<StoredChange, 'seq'> & { seq: string }>`
    select h.seq::text, h.kind, to_json(h.ids) as ids from changes h
    where h.workspace_id = ${workspaceId} and h.seq > ${after}
    order by h.seq limit ${limit}`.execute(db);
  return rows.map(({ seq, ...change }) => ({ ...change, seq: Number(seq) }));
}

/** The numbers of the last change, and of the oldest that is kept. */
export async function readExtent(
  db: Database,
  workspaceId: string,
): Promise<{ last: number; oldest: number }> {
  const { rows } = await sql<{ last: string; oldest: string | null }>`
    select coalesce((
        select c.value from counters c
        where c.workspace_id = ${workspaceId} and c.name = 'changes'), 0)::text as last,
      (select min(h.seq) from changes h where h.workspace_id = ${workspaceId})::text as oldest`.execute(db);
  const last = Number(rows[0]?.last ?? 0);
  return { last, oldest: Number(rows[0]?.oldest ?? last + 1) };
}

/** Forgets changes that nobody is told any more: who was away for longer reads everything again. */
export async function forgetOldChanges(db: Database, workspaceId: string, now: Date): Promise<void> {
  const before = new Date(now.getTime() - KEPT_MS).toISOString();
  await sql`
    delete from changes h where h.workspace_id = ${workspaceId} and h.at < ${before}::timestamptz`.execute(
    db,
  );
}
