import { sql } from 'kysely';
import type { BatchResult, NewTouchpoint } from '../../utils/contract/ingest.ts';
import type { MachineReason } from '../../utils/contract/touchpoint.ts';
import { agentReason } from '../../utils/domain/machine-event.ts';
import { noteContacts } from '../hand-overs/note-contacts.ts';
import { lockPeople } from '../qualification/lock-people.ts';
import { markDue } from '../qualification/mark-due.ts';
import { engages, monthOf, pairSteps } from '../reports/pairs.ts';
import type { WriteTransaction } from './database.ts';
import { findPeople } from './find-people.ts';
import { insertRows } from './insert-rows.ts';

/**
 * Stores touchpoints with their campaigns. Rows whose person nobody knows are rejected, the rest stored. Whom
 * something new has happened to becomes due for evaluation, and calls and meetings stop clocks.
 */
export async function storeTouchpoints(
  tx: WriteTransaction,
  workspaceId: string,
  touchpoints: readonly NewTouchpoint[],
  now: Date,
): Promise<BatchResult> {
  const lookUps = touchpoints.map(({ person }) => person);
  const found = await sql<{ personId: string | null }>`
    select n.person_id as "personId" from (${findPeople(workspaceId, lookUps)}) n order by n.ord`.execute(tx);
  const people = found.rows.map(({ personId }) => personId);
  const known = touchpoints.flatMap((touchpoint, index) => {
    const personId = people[index];
    return personId ? [{ touchpoint, personId }] : [];
  });

  await lockPeople(
    tx,
    workspaceId,
    known.map(({ personId }) => personId),
  );

  const campaigns = known.flatMap(({ touchpoint: { campaign } }) => (campaign ? [campaign] : []));
  await insertRows(
    tx,
    workspaceId,
    'campaigns',
    campaigns.map(({ id, name, kind, startsAt }) => ({ id, name, kind, starts_at: startsAt ?? null })),
  );
  const stored = await insertTouchpoints(
    tx,
    workspaceId,
    known.map(({ touchpoint, personId }) =>
      touchpointRow({ ...touchpoint, personId, campaignId: touchpoint.campaign?.id }),
    ),
    now,
  );
  const personIds = stored.map(({ personId }) => personId);
  await markDue(tx, workspaceId, personIds, now);
  await noteContacts(tx, workspaceId, stored.flatMap(contact), now);
  return {
    stored: stored.length,
    repeated: known.length - stored.length,
    rejected: people.flatMap((personId, index) =>
      personId === null ? [{ index, reason: 'nobody with this address or record is known' }] : [],
    ),
  };
}

interface StoredTouchpoint {
  personId: string;
  kind: NewTouchpoint['kind'];
  occurredAt: Date;
}

/** Inserts what is not known yet, by source and source id, and says what that was. */
async function insertTouchpoints(
  tx: WriteTransaction,
  workspaceId: string,
  touchpoints: readonly ReturnType<typeof touchpointRow>[],
  now: Date,
): Promise<StoredTouchpoint[]> {
  const first = touchpoints[0];
  if (!first) return [];
  const columns = sql.join(Object.keys(first).map((column) => sql.ref(column)));
  const { rows } = await sql<StoredTouchpoint>`
    with stored as (
      insert into touchpoints as t (workspace_id, ${columns})
      select ${workspaceId}::uuid, ${columns}
      from json_populate_recordset(null::touchpoints, ${JSON.stringify(touchpoints)}::text::json)
      on conflict do nothing
      returning t.person_id, t.campaign_id, t.kind, t.occurred_at, t.machine
    ),
    seen as (
      select t.person_id, t.campaign_id, min(t.occurred_at) as first_at, bool_or(${engages}) as engaged
      from stored t where t.campaign_id is not null group by t.person_id, t.campaign_id
    ),
    diff as (
      select s.person_id, s.campaign_id, least(${monthOf('s.first_at')}, c.month) as month,
        s.engaged or coalesce(c.engaged, false) as engaged, c.month as old_month
      from seen s
      left join person_campaigns c on c.workspace_id = ${workspaceId}
        and c.person_id = s.person_id and c.campaign_id = s.campaign_id
      where c.month is null or ${monthOf('s.first_at')} < c.month or (s.engaged and not c.engaged)
    ),
    ${pairSteps(workspaceId, now)}
    select person_id as "personId", kind, occurred_at as "occurredAt" from stored`.execute(tx);
  return rows;
}

const contact = ({ personId, kind, occurredAt }: StoredTouchpoint) =>
  kind === 'call' || kind === 'meeting' ? [{ personId, at: new Date(occurredAt), seen: kind }] : [];

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
    | 'machineReason'
    | 'userAgent'
    | 'source'
    | 'sourceId'
  > & { personId: string; campaignId?: string | undefined },
) {
  const reason = reasonOf(touchpoint);
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
    machine: reason !== null,
    machine_reason: reason,
  };
}

/** Why this probably was a machine; what the source says goes before what its user agent does. */
function reasonOf({
  machine,
  machineReason,
  userAgent,
}: Pick<NewTouchpoint, 'machine' | 'machineReason' | 'userAgent'>): MachineReason | null {
  if (machine || machineReason !== undefined) return machineReason ?? 'source';
  return userAgent === undefined ? null : agentReason(userAgent);
}
