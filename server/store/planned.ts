import { sql } from 'kysely';
import type { BatchResult } from '../../utils/contract/ingest.ts';
import type { NewOffer, NewPlannedTouch, PlannedTouch } from '../../utils/contract/planned-touch.ts';

import type { Database, WriteTransaction } from './database.ts';
import { findPeople } from './find-people.ts';
import { insertRows } from './insert-rows.ts';
import { instant } from './json.ts';
import { noteChanges } from '../live/changes.ts';

/** What rules need to know of a planned touch. */
export interface StoredPlannedTouch {
  personId: string;
  editableUntil: string;
  cancelled: boolean;
}

/** One planned touch; null when there is none. */
export async function readPlannedTouch(
  db: Database,
  workspaceId: string,
  id: string,
): Promise<StoredPlannedTouch | null> {
  const { rows } = await sql<StoredPlannedTouch>`
    select t.person_id as "personId", ${instant('t.editable_until')} as "editableUntil", t.cancelled
    from planned_touches t where t.workspace_id = ${workspaceId} and t.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** A planned touch as its table holds it. */
export function plannedTouchRow(
  planned: Omit<PlannedTouch, 'campaignName'> & { personId: string; sourceId: string; cancelled?: boolean },
) {
  return {
    source: planned.source,
    source_id: planned.sourceId,
    id: planned.id,
    person_id: planned.personId,
    campaign_id: planned.campaignId ?? null,
    title: planned.title,
    channel: planned.channel,
    at: planned.at,
    editable_until: planned.editableUntil,
    cancelled: planned.cancelled ?? false,
  };
}

/** An offer as its table holds it. */
export function offerRow(offer: NewOffer) {
  return {
    id: offer.id,
    title: offer.title,
    details: offer.details ?? null,
    url: offer.url ?? null,
    valid_from: offer.validFrom,
    valid_to: offer.validTo,
    countries: offer.countries ?? null,
    campaign_id: offer.campaignId ?? null,
  };
}

/**
 * Stores what people are due to receive, by source and source id: again it changes what is stored, with
 * `cancelled` it takes it away. Rows whose person nobody knows are rejected, the rest stored.
 */
export async function storePlannedTouches(
  tx: WriteTransaction,
  workspaceId: string,
  touches: readonly NewPlannedTouch[],
): Promise<BatchResult> {
  const found = await sql<{ personId: string | null }>`
    select n.person_id as "personId"
    from (${findPeople(
      workspaceId,
      touches.map(({ person }) => person),
    )}) n order by n.ord`.execute(tx);
  const ids = touches.map(({ id }) => id);
  const holders = await sql<Pick<NewPlannedTouch, 'id' | 'source' | 'sourceId'>>`
    select t.id, t.source, t.source_id as "sourceId" from planned_touches t
    where t.workspace_id = ${workspaceId} and t.id = any(${ids}::uuid[])`.execute(tx);
  const holderOf = new Map(holders.rows.map((row) => [row.id, keyOf(row)]));

  const rejected: BatchResult['rejected'] = [];
  const rows: ReturnType<typeof plannedTouchRow>[] = [];
  const campaigns: NonNullable<NewPlannedTouch['campaign']>[] = [];
  const seen = new Set<string>();
  touches.forEach((touch, index) => {
    const personId = found.rows[index]?.personId;
    const key = keyOf(touch);
    if (!personId) rejected.push({ index, reason: 'nobody with this address or record is known' });
    else if (seen.has(key))
      rejected.push({ index, reason: 'the same source id stands in this batch before' });
    else if ((holderOf.get(touch.id) ?? key) !== key) {
      rejected.push({ index, reason: 'the id belongs to another planned touch' });
    } else {
      seen.add(key);
      holderOf.set(touch.id, key);
      rows.push(plannedTouchRow({ ...touch, personId, campaignId: touch.campaign?.id }));
      if (touch.campaign) campaigns.push(touch.campaign);
    }
  });
  await insertRows(
    tx,
    workspaceId,
    'campaigns',
    campaigns.map(({ id, name, kind, startsAt }) => ({ id, name, kind, starts_at: startsAt ?? null })),
  );
  const stored = await sql<{ personId: string }>`
    insert into planned_touches as t (workspace_id, source, source_id, id, person_id, campaign_id, title,
      channel, at, editable_until, cancelled)
    select ${workspaceId}::uuid, r.source, r.source_id, r.id, r.person_id, r.campaign_id, r.title, r.channel, r.at,
      r.editable_until, r.cancelled
    from json_populate_recordset(null::planned_touches, ${JSON.stringify(rows)}::text::json) r
    on conflict (workspace_id, source, source_id) do update
      set person_id = excluded.person_id, campaign_id = excluded.campaign_id, title = excluded.title,
        channel = excluded.channel, at = excluded.at, editable_until = excluded.editable_until,
        cancelled = excluded.cancelled
      where (t.person_id, t.campaign_id, t.title, t.channel, t.at, t.editable_until, t.cancelled)
        is distinct from (excluded.person_id, excluded.campaign_id, excluded.title, excluded.channel, excluded.at,
          excluded.editable_until, excluded.cancelled)
    returning t.person_id as "personId"`.execute(tx);
  noteChanges(
    tx,
    'person',
    stored.rows.map(({ personId }) => personId),
  );
  return batchResult(rows.length, stored.rows.length, rejected);
}

/** Stores running offers, by id: again it changes what is stored. */
export async function storeOffers(
  tx: WriteTransaction,
  workspaceId: string,
  offers: readonly NewOffer[],
): Promise<BatchResult> {
  const named = offers.flatMap(({ campaignId }) => campaignId ?? []);
  const { rows: campaigns } = await sql<{ id: string }>`
    select c.id from campaigns c
    where c.workspace_id = ${workspaceId} and c.id = any(${named}::uuid[])`.execute(tx);
  const known = new Set(campaigns.map(({ id }) => id));
  const rejected: BatchResult['rejected'] = [];
  const rows: ReturnType<typeof offerRow>[] = [];
  const seen = new Set<string>();
  offers.forEach((offer, index) => {
    if (seen.has(offer.id)) rejected.push({ index, reason: 'the same id stands in this batch before' });
    else if (offer.campaignId !== undefined && !known.has(offer.campaignId)) {
      rejected.push({ index, reason: 'no such campaign is known' });
    } else if (offer.validTo <= offer.validFrom) rejected.push({ index, reason: 'ends before it begins' });
    else {
      seen.add(offer.id);
      rows.push(offerRow(offer));
    }
  });
  const stored = await sql`
    insert into offers as o (workspace_id, id, title, details, url, valid_from, valid_to, countries, campaign_id)
    select ${workspaceId}::uuid, r.id, r.title, r.details, r.url, r.valid_from, r.valid_to, r.countries, r.campaign_id
    from json_populate_recordset(null::offers, ${JSON.stringify(rows)}::text::json) r
    on conflict (workspace_id, id) do update
      set title = excluded.title, details = excluded.details, url = excluded.url,
        valid_from = excluded.valid_from, valid_to = excluded.valid_to, countries = excluded.countries,
        campaign_id = excluded.campaign_id
      where (o.title, o.details, o.url, o.valid_from, o.valid_to, o.countries, o.campaign_id)
        is distinct from (excluded.title, excluded.details, excluded.url, excluded.valid_from, excluded.valid_to,
          excluded.countries, excluded.campaign_id)
    returning o.id`.execute(tx);
  // An offer is for many, whom nothing here names.
  if (stored.rows.length > 0) noteChanges(tx, 'person', 'any');
  return batchResult(rows.length, stored.rows.length, rejected);
}

const batchResult = (accepted: number, stored: number, rejected: BatchResult['rejected']): BatchResult => ({
  stored,
  repeated: accepted - stored,
  rejected,
});

const keyOf = ({ source, sourceId }: Pick<NewPlannedTouch, 'source' | 'sourceId'>) =>
  JSON.stringify([source, sourceId]);
