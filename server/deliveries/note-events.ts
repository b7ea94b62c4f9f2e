import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { EventKind } from '../../utils/contract/channel.ts';
import { UNDO_MS } from '../../utils/contract/limits.ts';
import type { WriteTransaction } from '../store/database.ts';

/** What happened, by ids only. */
export type HubEvent =
  | { kind: 'feedback.created'; subject: { feedbackId: string } }
  | { kind: 'feedback.acted'; subject: { feedbackId: string; replyId?: string } }
  | { kind: 'feedback.answered'; subject: { feedbackId: string; replyId: string } }
  | { kind: 'hand_over.created'; subject: { handOverId: string } }
  | { kind: 'hand_over.breached'; subject: { handOverId: string; step: number } }
  | { kind: 'stage.changed'; subject: { stageEventId: string } }
  | { kind: 'agreement.proposed' | 'agreement.in_force'; subject: { version: number } }
  | { kind: 'agreement.ending'; subject: { version: number; days: number } }
  | { kind: 'digest.sales' | 'digest.marketing'; subject: { until: string } };

/** Until then its author may take a click back, and has probably said why. */
export const SETTLE_MS = UNDO_MS + 5_000;
const SETTLES: readonly EventKind[] = ['feedback.created', 'stage.changed', 'hand_over.created'];

/**
 * Notes, in the transaction of the change, what other systems are to be told. Stores nothing when no channel wants
 * to hear of it.
 */
export async function noteEvents(
  tx: WriteTransaction,
  workspaceId: string,
  events: readonly HubEvent[],
  now: Date,
): Promise<void> {
  if (events.length === 0) return;
  const kinds = [...new Set(events.map(({ kind }) => kind))];
  // Locked against being deleted meanwhile: that must not be what makes somebody's click fail.
  const { rows: channels } = await sql<{ id: string; events: EventKind[] }>`
    select c.id, c.events from channels c
    where c.workspace_id = ${workspaceId} and c.enabled and c.events && ${kinds}::text[]
    order by c.id for key share`.execute(tx);
  if (channels.length === 0) return;
  await insertDeliveries(tx, workspaceId, { events, channels, now });
}

/** Stores each of these events for each of these channels that wants it. */
export async function insertDeliveries(
  tx: WriteTransaction,
  workspaceId: string,
  {
    events,
    channels,
    now,
  }: { events: readonly HubEvent[]; channels: readonly { id: string; events: EventKind[] }[]; now: Date },
): Promise<void> {
  const rows = events.flatMap(({ kind, subject }) =>
    channels
      .filter((channel) => channel.events.includes(kind))
      .map(({ id }) => ({
        id: uuid(),
        channel_id: id,
        kind,
        subject,
        due_at: new Date(now.getTime() + (SETTLES.includes(kind) ? SETTLE_MS : 0)).toISOString(),
      })),
  );
  const at = now.toISOString();
  await sql`
    insert into deliveries (workspace_id, id, channel_id, kind, subject, happened_at, state, attempts, due_at, changed_at)
    select ${workspaceId}::uuid, r.id, r.channel_id, r.kind, r.subject, ${at}::timestamptz, 'waiting', 0, r.due_at,
      ${at}::timestamptz
    from json_populate_recordset(null::deliveries, ${JSON.stringify(rows)}::text::json) r
    on conflict do nothing`.execute(tx);
}
