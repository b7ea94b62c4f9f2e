import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { BatchResult, NewTouchpoint } from '../../utils/contract/ingest.ts';
import type { MachineReason } from '../../utils/contract/touchpoint.ts';
import { agentReason } from '../../utils/domain/machine-event.ts';
import { noteContacts } from '../hand-overs/note-contacts.ts';
import { noteChanges } from '../live/changes.ts';
import { noteNamed } from '../merging/note-named.ts';
import { engages, monthOf, pairSteps } from '../reports/pairs.ts';
import { noteTouches, stored } from '../reports/touch-changes.ts';
import { arrayText } from './array-text.ts';
import type { WriteTransaction } from './database.ts';
import { findPeople } from './find-people.ts';
import { insertRows } from './insert-rows.ts';
import { instant } from './json.ts';

/**
 * Stores touchpoints with their campaigns. Rows whose person nobody knows are rejected, the rest stored. Whom
 * something new has happened to becomes due for evaluation, their campaigns for counting, and calls and meetings stop
 * clocks.
 */
export async function storeTouchpoints(
  tx: WriteTransaction,
  workspaceId: string,
  touchpoints: readonly NewTouchpoint[],
  now: Date,
): Promise<BatchResult> {
  const people = await lockPeopleOf(tx, workspaceId, touchpoints);
  const known = touchpoints.flatMap((touchpoint, index) => {
    const personId = people[index];
    return personId ? [{ touchpoint, personId }] : [];
  });
  const campaigns = known.flatMap(({ touchpoint: { campaign } }) => (campaign ? [campaign] : []));
  await insertRows(
    tx,
    workspaceId,
    'campaigns',
    // The first word on each counts. In one order, so that two batches do not wait for each other.
    [...new Map(campaigns.toReversed().map((campaign) => [campaign.id, campaign])).values()]
      .sort((one, other) => (one.id < other.id ? -1 : 1))
      .map(({ id, name, kind, startsAt }) => ({ id, name, kind, starts_at: startsAt ?? null })),
  );
  const rows = known.map(({ touchpoint, personId }) =>
    touchpointRow({ ...touchpoint, personId, campaignId: touchpoint.campaign?.id }),
  );
  const { stored, contacts, personIds } = await insertTouchpoints(tx, workspaceId, rows, now);
  noteChanges(tx, 'person', personIds);
  await noteContacts(
    tx,
    workspaceId,
    contacts.map(({ at, ...contact }) => ({ at: new Date(at), ...contact })),
    now,
  );
  await noteNamed(
    tx,
    workspaceId,
    'touchpoints',
    known.map(({ touchpoint: { source, sourceId, person }, personId }) => ({
      key: [source, sourceId],
      personId,
      named: person,
    })),
  );
  return {
    stored,
    repeated: known.length - stored,
    rejected: people.flatMap((personId, index) =>
      personId === null ? [{ index, reason: 'nobody with this address or record is known' }] : [],
    ),
  };
}

/** Finds the people that touchpoints name, and locks them as `lockPeople` does; null where nobody is known. */
async function lockPeopleOf(
  tx: WriteTransaction,
  workspaceId: string,
  touchpoints: readonly NewTouchpoint[],
): Promise<(string | null)[]> {
  const lookUps = touchpoints.map(({ person }) => person);
  const { rows } = await sql<{ found: string | null; locked: string | null }>`
    with found as materialized (${findPeople(workspaceId, lookUps)}),
    locked as materialized (
      select p.id from people p
      where p.workspace_id = ${workspaceId} and p.archived_at is null
        and p.id = any(array(select distinct f.person_id from found f))
      order by p.id for no key update
    )
    select f.person_id as found, l.id as locked
    from found f left join locked l on l.id = f.person_id order by f.ord`.execute(tx);
  // Somebody was merged between the look and the lock: look again.
  if (rows.some(({ found, locked }) => found !== locked)) return lockPeopleOf(tx, workspaceId, touchpoints);
  return rows.map(({ locked }) => locked);
}

interface Stored {
  /** How many were new. */
  stored: number;
  /** The calls and meetings among them. */
  contacts: { personId: string; at: string; seen: 'call' | 'meeting' }[];
  /** Whose they are. */
  personIds: string[];
}

/** Inserts what is not known yet, by source and source id, and marks what follows from it, in one statement. */
async function insertTouchpoints(
  tx: WriteTransaction,
  workspaceId: string,
  touchpoints: readonly ReturnType<typeof touchpointRow>[],
  now: Date,
): Promise<Stored> {
  if (touchpoints.length === 0) return { stored: 0, contacts: [], personIds: [] };
  const names = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];
  const columns = sql.join(names.map((name) => sql.ref(name)));
  const arrays = names.map(
    (name) => sql`${arrayText(touchpoints.map((row) => row[name]))}::text::${sql.raw(COLUMNS[name])}[]`,
  );
  const { rows } = await sql<Stored>`
    with stored as (
      insert into touchpoints as t (workspace_id, ${columns})
      select ${workspaceId}::uuid, ${columns} from unnest(${sql.join(arrays)}) as r (${columns})
      on conflict do nothing
      returning t.person_id, t.campaign_id, t.kind, t.occurred_at, t.machine
    ),
    due as (
      insert into due_qualifications (workspace_id, person_id, since)
      select distinct ${workspaceId}::uuid, s.person_id, ${now.toISOString()}::timestamptz from stored s
      on conflict do nothing
    ),
    seen as (
      select t.person_id, t.campaign_id, ${monthOf('first_at')} as month, t.engaged
      from (
        select t.person_id, t.campaign_id, min(t.occurred_at) as first_at, bool_or(${engages}) as engaged
        from stored t where t.campaign_id is not null group by t.person_id, t.campaign_id
      ) t
    ),
    diff as (
      select s.person_id, s.campaign_id, least(s.month, c.month) as month,
        s.engaged or coalesce(c.engaged, false) as engaged, c.month as old_month
      from seen s
      left join person_campaigns c on c.workspace_id = ${workspaceId}
        and c.person_id = s.person_id and c.campaign_id = s.campaign_id
      where c.month is null or s.month < c.month or (s.engaged and not c.engaged)
    ),
    ${pairSteps(workspaceId, now)},
    won as (
      insert into report_changes (workspace_id, id, at, campaign_ids, months, person_ids)
      select ${workspaceId}::uuid, ${uuid()}::uuid, ${now.toISOString()}::timestamptz, '{}', '{}',
        array_agg(w.person_id)
      from wins w where w.workspace_id = ${workspaceId} and w.person_id in (select s.person_id from seen s)
      having count(*) > 0
    ),
    touched as (${noteTouches(workspaceId, now, stored)})
    select count(*)::int as stored, coalesce(json_agg(distinct s.person_id), '[]'::json) as "personIds",
      coalesce(json_agg(json_build_object(
        'personId', s.person_id, 'at', ${instant('s.occurred_at')}, 'seen', s.kind
      )) filter (where s.kind in ('call', 'meeting')), '[]'::json) as contacts
    from stored s`.execute(tx);
  return rows[0] ?? { stored: 0, contacts: [], personIds: [] };
}

/** What a touchpoint's row holds, and the type of each column. */
const COLUMNS = {
  source: 'text',
  source_id: 'text',
  id: 'uuid',
  person_id: 'uuid',
  kind: 'text',
  channel: 'text',
  direction: 'text',
  campaign_id: 'uuid',
  title: 'text',
  highlight: 'text',
  url: 'text',
  occurred_at: 'timestamptz',
  machine: 'boolean',
  machine_reason: 'text',
} satisfies Record<keyof ReturnType<typeof touchpointRow>, string>;

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
