import { type RawBuilder, sql } from 'kysely';
import {
  CONTEXT_STAGE_EVENTS,
  CONTEXT_TOUCHPOINTS,
  type ContextQuery,
  PLANNED_DAYS,
} from '../../utils/contract/lead-context.ts';
import { handOverJson } from '../hand-overs/store.ts';
import { evaluatePeople } from '../qualification/evaluate-people.ts';
import { needsEvaluation, qualificationJson } from '../qualification/qualification-json.ts';
import type { Database } from './database.ts';
import { askedText, findAsked } from './find-people.ts';
import {
  emailsJson,
  externalIdsJson,
  feedbackJson,
  instant,
  json,
  jsonArray,
  jsonInstant,
  jsonObject,
  stageStateJson,
  word,
} from './json.ts';
import { QueryTemplate, type Value } from './query-template.ts';
import { transact } from './transact.ts';

interface FoundContext {
  /** Null where nobody is known. */
  context: string | null;
  personId: string | null;
  /** Whether something has happened since its figures were made, or their time is over. */
  due: boolean;
}

/**
 * The lead contexts for queries, in their order, as the text of a JSON array; `null` where nobody is
 * known (see `findPeople`). Whoever has to be evaluated is evaluated first, so that no figure is shown
 * after its time. Besides, the ids of those who were found.
 */
export async function readContexts(
  db: Database,
  workspaceId: string,
  queries: readonly ContextQuery[],
  now: Date,
): Promise<{ contexts: string; people: string[] }> {
  let found = await readFound(db, workspaceId, queries, now);
  const due = found.flatMap(({ due, personId }) => (due && personId !== null ? [personId] : []));
  if (due.length > 0) {
    await transact(db, workspaceId, now, (tx) => evaluatePeople(tx, workspaceId, due, now));
    found = await readFound(db, workspaceId, queries, now);
  }
  return {
    contexts: `[${found.map(({ context }) => context ?? 'null').join(',')}]`,
    people: found.flatMap(({ personId }) => personId ?? []),
  };
}

/** The context of one person by their id, or an id that leads to them; null when there is nobody. */
export async function readPersonContext(
  db: Database,
  workspaceId: string,
  personId: string,
  now: Date,
): Promise<string | null> {
  const read = async () => {
    const { rows } = await sql<FoundContext>`
      with found as materialized (
        select f.id as person_id from people f
        where f.workspace_id = ${workspaceId} and f.id = ${personId} and f.archived_at is null)
      select c.context, c.due, c.person_id as "personId"
      from found n cross join lateral (${contextOf(workspaceId, now.toISOString())}) c`.execute(db);
    return rows[0];
  };
  let found = await read();
  if (found?.due) {
    await transact(db, workspaceId, now, (tx) => evaluatePeople(tx, workspaceId, [personId], now));
    found = await read();
  }
  return found?.context ?? null;
}

async function readFound(
  db: Database,
  workspaceId: string,
  queries: readonly ContextQuery[],
  now: Date,
): Promise<FoundContext[]> {
  return contextQuery.read(db, { workspaceId, asked: askedText(queries), now: now.toISOString() });
}

/**
 * What a look-up asks the database. People are found first, in a step of its own: where row-level security is on,
 * PostgreSQL uses no index for a condition that holds a subquery.
 */
export const contextQuery = new QueryTemplate(
  ['workspaceId', 'asked', 'now'],
  ({ workspaceId, asked, now }) => sql<FoundContext>`
    with found as materialized (${findAsked(workspaceId, asked)})
    select c.context, c.due, c.person_id as "personId"
    from found n left join lateral (${contextOf(workspaceId, now)}) c on true
    order by n.ord`,
);

/**
 * `LeadContext` of the person `n.person_id`, as text. It is put together by `format`, because
 * `json_strip_nulls` over the whole would take away the nulls that sources mean. The limit keeps PostgreSQL
 * from joining: without statistics it wrote everybody's context first and chose the one it wanted then.
 */
function contextOf(workspaceId: Value, now: Value): RawBuilder<unknown> {
  const time = sql`${now}::timestamptz`;
  return sql`
    select p.id as person_id, ${needsEvaluation(workspaceId, now)} as due, format(
      '{"person":%s,"stage":%s,"stageEvents":%s,"qualification":%s%s,"plannedTouches":%s,"offers":%s,'
      '"agreement":%s,"consents":%s%s,"touchpoints":%s,"touchpointCount":%s,"campaigns":%s,"feedback":%s,'
      '"sources":%s,"asOf":%s}',
      ${personJson(workspaceId)},
      ${stageStateJson(workspaceId)},
      ${stageEventsJson(workspaceId)},
      ${qualificationJson(workspaceId, now)},
      ',"handOver":' || ${handOverJson(workspaceId)},
      planned.touches,
      ${offersJson(workspaceId, time)},
      (select json_build_object('version', a.version, 'validUntil', ${instant('a.valid_until')},
          'expired', a.valid_until <= ${time})
       from agreements a where a.workspace_id = ${workspaceId} and a.state = 'in-force'),
      (select coalesce(json_agg(json_strip_nulls(json_build_object(
          'channel', c.channel, 'state', c.state, 'basis', c.basis, 'source', c.source, 'since', ${instant('c.since')}
        )) order by c.channel), '[]'::json)
       from consents c where c.workspace_id = ${workspaceId} and c.person_id = p.id),
      case when p.do_not_contact_since is not null then ',"doNotContact":' || json_build_object(
        'reason', p.do_not_contact_reason, 'since', ${instant('p.do_not_contact_since')}) else '' end,
      latest.touchpoints,
      (select count(*) from touchpoints tc where tc.workspace_id = ${workspaceId} and tc.person_id = p.id),
      (select ${campaignsJson}
       from campaigns c
       where c.workspace_id = ${workspaceId} and c.id = any(latest.campaign_ids || planned.campaign_ids)),
      (select coalesce(json_agg(${feedbackJson(workspaceId)} order by f.at desc, f.id desc), '[]'::json)
       from feedback f
       where f.workspace_id = ${workspaceId} and f.person_id = p.id and f.state <> 'withdrawn'),
      (select coalesce(json_agg(json_strip_nulls(json_build_object(
            'system', s.system, 'label', s.label, 'problem', s.problem, 'kinds', s.kinds
          ))::jsonb || jsonb_build_object('lastSuccessAt', ${instant('s.last_success_at')})
          order by s.system), '[]'::json)
       from source_status s where s.workspace_id = ${workspaceId}),
      to_json(${now}::text)
    ) as context
    from people p
    cross join lateral (
      select array_agg(distinct t.campaign_id) as campaign_ids,
        ${touchpointsJson} as touchpoints
      from (
        select * from touchpoints tl
        where tl.workspace_id = ${workspaceId} and tl.person_id = p.id
        order by tl.occurred_at desc, tl.id desc limit ${sql.lit(CONTEXT_TOUCHPOINTS)}
      ) t
    ) latest
    cross join lateral (
      select array_agg(distinct pt.campaign_id) as campaign_ids,
        coalesce(json_agg(json_strip_nulls(json_build_object(
          'id', pt.id, 'campaignId', pt.campaign_id,
          'campaignName', (select pc.name from campaigns pc
            where pc.workspace_id = ${workspaceId} and pc.id = pt.campaign_id),
          'title', pt.title, 'channel', pt.channel, 'at', ${instant('pt.at')},
          'editableUntil', ${instant('pt.editable_until')}, 'source', pt.source
        )) order by pt.at, pt.id), '[]'::json) as touches
      from planned_touches pt
      where pt.workspace_id = ${workspaceId} and pt.person_id = p.id and not pt.cancelled
        and pt.at > ${time} and pt.at < ${time} + ${sql.lit(`${PLANNED_DAYS} days`)}::interval
    ) planned
    where p.workspace_id = ${workspaceId} and p.id = n.person_id
    limit 1`;
}

/** `Touchpoint` for every row of `touchpoints t`. */
export const touchpointJson = jsonObject({
  id: word('t.id'),
  kind: word('t.kind'),
  channel: json('t.channel'),
  direction: word('t.direction'),
  campaignId: word('t.campaign_id'),
  title: json('t.title'),
  highlight: json('t.highlight'),
  url: json('t.url'),
  occurredAt: jsonInstant('t.occurred_at'),
  machine: json('t.machine'),
  machineReason: word('t.machine_reason'),
  source: json('t.source'),
});
const touchpointsJson = jsonArray(touchpointJson, sql`t.occurred_at desc, t.id desc`);

const campaignsJson = jsonArray(
  jsonObject({
    id: word('c.id'),
    name: json('c.name'),
    kind: word('c.kind'),
    startsAt: jsonInstant('c.starts_at'),
    endsAt: jsonInstant('c.ends_at'),
    talkingPoints: json('c.talking_points'),
  }),
  sql`c.starts_at, c.id`,
);

/** `StageEvent` for every row of `stage_events v`. */
export const stageEventJson = jsonObject({
  id: word('v.id'),
  from: sql`coalesce(${word('v.from_stage')}, 'null')`,
  to: word('v.to_stage'),
  at: jsonInstant('v.at'),
  by: jsonObject({ kind: word('v.by_kind'), id: json('v.by_id'), name: json('v.by_name') }),
  reason: json('v.reason'),
  agreementVersion: json('v.agreement_version'),
  kind: word('v.kind'),
  refersTo: word('v.refers_to'),
});
const stageEvents = jsonArray(stageEventJson, sql`v.at desc, v.id desc`);

function personJson(workspaceId: Value): RawBuilder<string> {
  return sql`json_strip_nulls(json_build_object(
    'id', p.id,
    'name', p.name,
    'emails', ${emailsJson(workspaceId)},
    'company', p.company,
    'title', p.title,
    'phone', p.phone,
    'country', p.country,
    'language', p.language,
    'owner', (select json_build_object('id', o.id, 'name', o.name)
              from users o where o.workspace_id = ${workspaceId} and o.id = p.owner_id),
    'externalIds', ${externalIdsJson(workspaceId)},
    'attributes', p.attributes
  ))`;
}

/** The latest moves, newest first. */
function stageEventsJson(workspaceId: Value): RawBuilder<string> {
  return sql`(
    select ${stageEvents}
    from (
      select * from stage_events vl
      where vl.workspace_id = ${workspaceId} and vl.person_id = p.id
      order by vl.at desc, vl.id desc limit ${sql.lit(CONTEXT_STAGE_EVENTS)}
    ) v)`;
}

/** The offers that run at a time and are meant for `people p`. */
function offersJson(workspaceId: Value, time: RawBuilder<unknown>): RawBuilder<string> {
  return sql`(
    select coalesce(json_agg(json_strip_nulls(json_build_object(
        'id', o.id, 'title', o.title, 'details', o.details, 'url', o.url,
        'validFrom', ${instant('o.valid_from')}, 'validTo', ${instant('o.valid_to')}
      )) order by o.valid_to, o.id), '[]'::json)
    from offers o
    where o.workspace_id = ${workspaceId} and o.valid_from <= ${time} and o.valid_to > ${time}
      and (o.countries is null or p.country = any(o.countries))
      and (o.campaign_id is null or exists (
        select 1 from touchpoints ot
        where ot.workspace_id = ${workspaceId} and ot.person_id = p.id and ot.campaign_id = o.campaign_id)))`;
}
