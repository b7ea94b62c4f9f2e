import { sql } from 'kysely';
import type { NewTouchpoint } from '../../utils/contract/ingest.ts';
import type { Database, WriteTransaction } from '../store/database.ts';
import type { Deed } from './to-touchpoint.ts';

/** Of one visitor so many events are kept, and so long. */
export const MAX_WAITING = 500;
const WAITING_DAYS = 30;
/** So long a visitor is known who was not named again. */
const KNOWN_DAYS = 365;
const DAY_MS = 24 * 60 * 60_000;

/** An anonymous id, or a user id of somebody who was not identified yet. */
export type Visitor = `a:${string}` | `u:${string}`;
export type Named = NewTouchpoint['person'];

/** How the people are named who these visitors turned out to be. */
export async function readVisitors(
  tx: WriteTransaction,
  workspaceId: string,
  visitors: readonly Visitor[],
): Promise<Map<string, Named>> {
  if (visitors.length === 0) return new Map();
  const { rows } = await sql<{ visitor: string; named: Named }>`
    select k.visitor, k.named from known_visitors k
    where k.workspace_id = ${workspaceId} and k.visitor = any(${visitors}::text[])`.execute(tx);
  return new Map(rows.map(({ visitor, named }) => [visitor, named]));
}

/** Keeps events until it is known whose they are. What is above the bound is let go: nobody does so much unnamed. */
export async function keepWaiting(
  tx: WriteTransaction,
  workspaceId: string,
  events: readonly { visitor: Visitor; deed: Deed }[],
  now: Date,
): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map(({ visitor, deed }) => ({
    message_id: deed.sourceId,
    visitor,
    received_at: now.toISOString(),
    touchpoint: deed,
  }));
  await sql`
    insert into waiting_events (workspace_id, message_id, visitor, received_at, touchpoint)
    select ${workspaceId}::uuid, r.message_id, r.visitor, r.received_at, r.touchpoint
    from (
      select n.*, row_number() over (partition by n.visitor) as place
      from json_populate_recordset(null::waiting_events, ${JSON.stringify(rows)}::text::json) n
    ) r
    where r.place + (
      select count(*) from waiting_events k
      where k.workspace_id = ${workspaceId} and k.visitor = r.visitor) <= ${MAX_WAITING}
    on conflict do nothing`.execute(tx);
}

/** Remembers who visitors are, of each who was named last, and hands out what was kept for them: once. */
export async function nameVisitors(
  tx: WriteTransaction,
  workspaceId: string,
  named: ReadonlyMap<Visitor, Named>,
  now: Date,
): Promise<NewTouchpoint[]> {
  if (named.size === 0) return [];
  const rows = [...named].map(([visitor, by]) => ({ visitor, named: by, at: now.toISOString() }));
  await sql`
    insert into known_visitors (workspace_id, visitor, named, at)
    select ${workspaceId}::uuid, r.visitor, r.named, r.at
    from json_populate_recordset(null::known_visitors, ${JSON.stringify(rows)}::text::json) r
    where r.visitor like 'a:%'
    on conflict (workspace_id, visitor) do update set named = excluded.named, at = excluded.at`.execute(tx);
  const kept = await sql<{ visitor: Visitor; deed: Deed }>`
    delete from waiting_events e
    where e.workspace_id = ${workspaceId} and e.visitor = any(${[...named.keys()]}::text[])
    returning e.visitor, e.touchpoint as deed`.execute(tx);
  return kept.rows.flatMap(({ visitor, deed }) => {
    const person = named.get(visitor);
    return person ? [{ ...deed, person }] : [];
  });
}

/** Forgets what nobody was named for in time, and who did not come back. */
export async function forgetWaiting(db: Database, workspaceId: string, now: Date): Promise<void> {
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS).toISOString();
  await sql`
    delete from waiting_events e
    where e.workspace_id = ${workspaceId} and e.received_at < ${before(WAITING_DAYS)}`.execute(db);
  await sql`
    delete from known_visitors k
    where k.workspace_id = ${workspaceId} and k.at < ${before(KNOWN_DAYS)}`.execute(db);
}
