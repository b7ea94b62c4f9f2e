import { type RawBuilder, sql } from 'kysely';
import type { Delivery } from '../../utils/contract/channel.ts';
import type { Database, WriteTransaction } from '../store/database.ts';
import { instant } from '../store/json.ts';
import { attemptJson } from './channel-store.ts';
import type { HubEvent } from './note-events.ts';
import type { Outcome } from './outcome.ts';

/** Longer than any attempt takes. */
const LEASE_MS = 30_000;
const DAY_MS = 24 * 60 * 60_000;
const DELIVERED_DAYS = 7;
const UNDELIVERED_DAYS = 30;
/** More on one page helps nobody; what is behind shows once these are dealt with. */
const LISTED = 200;

/** A delivery that this process has for a while. */
export interface ClaimedDelivery {
  id: string;
  channelId: string;
  happenedAt: string;
  /** With this one. Also tells whether it is still ours: another claim counts on. */
  attempts: number;
  event: HubEvent;
}

/**
 * Takes one that is due, unless another hub is at it, and counts the attempt. Should this process die, it is due again
 * when the lease ends. Channels that have enough under way are left out.
 */
export async function claimDelivery(
  db: Database,
  workspaceId: string,
  busyChannels: readonly string[],
  now: Date,
): Promise<ClaimedDelivery | null> {
  const { rows } = await sql<Omit<ClaimedDelivery, 'event'> & HubEvent>`
    update deliveries d set attempts = d.attempts + 1,
      due_at = ${new Date(now.getTime() + LEASE_MS).toISOString()}
    where d.workspace_id = ${workspaceId} and d.id = (
      select q.id from deliveries q
      join channels c on c.workspace_id = ${workspaceId} and c.id = q.channel_id
      where q.workspace_id = ${workspaceId} and q.state = 'waiting' and q.due_at <= ${now.toISOString()}
        and c.enabled and q.channel_id <> all (${busyChannels}::uuid[])
      order by q.due_at limit 1
      for update of q skip locked)
    returning d.id, d.channel_id as "channelId", d.kind, d.subject, d.attempts,
      ${instant('d.happened_at')} as "happenedAt"`.execute(db);
  if (!rows[0]) return null;
  const { kind, subject, ...claimed } = rows[0];
  return { ...claimed, event: { kind, subject } as HubEvent };
}

/** What becomes of a claimed delivery. */
export type Settlement = { outcome: Outcome; httpStatus: number | null } & (
  { state: 'delivered' | 'dead' } | { state: 'waiting'; dueAt: Date }
);

/** Writes that down; false when the lease had ended and somebody else has it. */
export async function settleDelivery(
  tx: WriteTransaction,
  workspaceId: string,
  { id, attempts }: ClaimedDelivery,
  settlement: Settlement,
  now: Date,
): Promise<boolean> {
  const { state, outcome, httpStatus } = settlement;
  const dueAt = (settlement.state === 'waiting' ? settlement.dueAt : now).toISOString();
  const { numAffectedRows } = await sql`
    update deliveries d set state = ${state}, outcome = ${outcome}, http_status = ${httpStatus}, due_at = ${dueAt},
      changed_at = ${now.toISOString()}
    where d.workspace_id = ${workspaceId} and d.id = ${id} and d.state = 'waiting' and d.attempts = ${attempts}`.execute(
    tx,
  );
  return numAffectedRows === 1n;
}

/** Drops one of which there is nothing to tell any more. */
export async function dropDelivery(db: Database, workspaceId: string, id: string): Promise<void> {
  await sql`delete from deliveries d where d.workspace_id = ${workspaceId} and d.id = ${id}`.execute(db);
}

/** Lets one that was given up start again; false when it is none. */
export async function reviveDelivery(
  tx: WriteTransaction,
  workspaceId: string,
  id: string,
  now: Date,
): Promise<boolean> {
  const at = now.toISOString();
  const { numAffectedRows } = await sql`
    update deliveries d set state = 'waiting', attempts = 0, due_at = ${at}, changed_at = ${at}
    where d.workspace_id = ${workspaceId} and d.id = ${id} and d.state = 'dead'`.execute(tx);
  return numAffectedRows === 1n;
}

/** Deliveries, newest first: by state, or the one that is asked for. */
export async function readDeliveries(
  db: Database,
  workspaceId: string,
  which: { state: Delivery['state'] } | { id: string },
): Promise<Delivery[]> {
  const chosen: RawBuilder<unknown> = 'id' in which ? sql`d.id = ${which.id}` : sql`d.state = ${which.state}`;
  type Row = Omit<Delivery, 'channel' | 'dueAt' | 'lastAttempt'> & {
    channelId: string;
    channelName: string;
    dueAt: string;
    changedAt: string;
    outcome: Outcome | null;
    httpStatus: number | null;
  };
  const { rows } = await sql<Row>`
    select d.id, d.channel_id as "channelId", c.name as "channelName", d.kind,
      ${instant('d.happened_at')} as "happenedAt", d.state, d.attempts, ${instant('d.due_at')} as "dueAt",
      ${instant('d.changed_at')} as "changedAt", d.outcome, d.http_status as "httpStatus"
    from deliveries d
    join channels c on c.workspace_id = ${workspaceId} and c.id = d.channel_id
    where d.workspace_id = ${workspaceId} and ${chosen}
    order by d.happened_at desc, d.id desc limit ${LISTED}`.execute(db);
  return rows.map(({ id, channelId, channelName, kind, happenedAt, state, attempts, dueAt, ...last }) => {
    const lastAttempt = attemptJson(last.changedAt, last.outcome, last.httpStatus);
    return {
      ...{ id, channel: { id: channelId, name: channelName }, kind, happenedAt, state, attempts },
      ...(state === 'waiting' && { dueAt }),
      ...(lastAttempt && { lastAttempt }),
    };
  });
}

/** Forgets what was delivered a week ago, and what was not a month ago. */
export async function forgetDeliveries(db: Database, workspaceId: string, now: Date): Promise<void> {
  const ago = (days: number) => new Date(now.getTime() - days * DAY_MS).toISOString();
  await sql`
    delete from deliveries d
    where d.workspace_id = ${workspaceId} and (
      (d.state = 'delivered' and d.changed_at < ${ago(DELIVERED_DAYS)})
      or (d.state <> 'delivered' and d.changed_at < ${ago(UNDELIVERED_DAYS)}))`.execute(db);
}
