import { sql } from 'kysely';
import type { BatchResult, NewTouchpoint } from '../../utils/contract/ingest.ts';
import type { WriteTransaction } from './database.ts';
import { findPeople } from './find-people.ts';
import { insertRows } from './insert-rows.ts';

/** Stores touchpoints with their campaigns. Rows whose person nobody knows are rejected, the rest stored. */
export async function storeTouchpoints(
  tx: WriteTransaction,
  workspaceId: string,
  touchpoints: readonly NewTouchpoint[],
): Promise<BatchResult> {
  const lookUps = touchpoints.map(({ person }) => person);
  const found = await sql<{ personId: string | null }>`
    select n.person_id as "personId" from (${findPeople(workspaceId, lookUps)}) n order by n.ord`.execute(tx);
  const people = found.rows.map(({ personId }) => personId);
  const known = touchpoints.flatMap((touchpoint, index) => {
    const personId = people[index];
    return personId ? [{ touchpoint, personId }] : [];
  });

  const campaigns = known.flatMap(({ touchpoint: { campaign } }) => (campaign ? [campaign] : []));
  await insertRows(
    tx,
    workspaceId,
    'campaigns',
    campaigns.map(({ id, name, kind, startsAt }) => ({ id, name, kind, starts_at: startsAt ?? null })),
  );
  const stored = await insertRows(
    tx,
    workspaceId,
    'touchpoints',
    known.map(({ touchpoint, personId }) =>
      touchpointRow({ ...touchpoint, personId, campaignId: touchpoint.campaign?.id }),
    ),
  );
  return {
    stored,
    repeated: known.length - stored,
    rejected: people.flatMap((personId, index) =>
      personId === null ? [{ index, reason: 'nobody with this address or record is known' }] : [],
    ),
  };
}

/** A touchpoint as its table holds it. */
export function touchpointRow(
  touchpoint: Pick<
    NewTouchpoint,
    | 'id'
    | 'kind'
    | 'channel'
    | 'direction'
    | 'title'
    | 'highlight'
    | 'url'
    | 'occurredAt'
    | 'machine'
    | 'source'
    | 'sourceId'
  > & { personId: string; campaignId?: string | undefined },
) {
  return {
    source: touchpoint.source,
    source_id: touchpoint.sourceId,
    id: touchpoint.id,
    person_id: touchpoint.personId,
    kind: touchpoint.kind,
    channel: touchpoint.channel,
    direction: touchpoint.direction,
    campaign_id: touchpoint.campaignId ?? null,
    title: touchpoint.title,
    highlight: touchpoint.highlight ?? null,
    url: touchpoint.url ?? null,
    occurred_at: touchpoint.occurredAt,
    machine: touchpoint.machine,
  };
}
