import { sql } from 'kysely';
import type { NewOffer, PlannedTouch } from '../../utils/contract/planned-touch.ts';

import type { Database } from './database.ts';
import { instant } from './json.ts';

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
