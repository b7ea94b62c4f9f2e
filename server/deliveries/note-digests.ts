import { sql } from 'kysely';
import type { EventKind } from '../../utils/contract/channel.ts';
import { agreedDigestWeek } from '../digest/digest-week.ts';
import { readAgreement } from '../store/agreements.ts';
import type { Database } from '../store/database.ts';
import { transact } from '../store/transact.ts';
import { type HubEvent, insertDeliveries } from './note-events.ts';

const KINDS = ['digest.sales', 'digest.marketing'] as const satisfies readonly EventKind[];

/**
 * Notes the weekly summaries that channels are to be told now. The channel's own row says which week it was given last,
 * in the same transaction, so that each week goes out once, whatever the number of hubs.
 */
export async function noteDigests(db: Database, workspaceId: string, now: Date): Promise<boolean> {
  const week = agreedDigestWeek(await readAgreement(db, workspaceId), now);
  if (week === null) return false;
  const events = KINDS.map((kind): HubEvent => ({ kind, subject: { until: now.toISOString() } }));
  await transact(db, workspaceId, now, async (tx) => {
    const { rows: channels } = await sql<{ id: string; events: EventKind[] }>`
      update channels c set digest_week = ${week}::date
      where c.workspace_id = ${workspaceId} and c.enabled and c.events && ${[...KINDS]}::text[]
        and (c.digest_week is null or c.digest_week < ${week}::date)
      returning c.id, c.events`.execute(tx);
    if (channels.length > 0) await insertDeliveries(tx, workspaceId, { events, channels, now });
  });
  return false;
}
