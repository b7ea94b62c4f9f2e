import { type RawBuilder, sql } from 'kysely';
import { PERSON_KEYS } from '../../utils/contract/person.ts';
import type { Value } from './query-template.ts';

/**
 * Pieces of SQL that write the contract's JSON, so that the hub passes answers through unparsed. Where rows
 * are many it is put together as text: building JSON and stripping its nulls takes more than twice the time.
 */

/** An object as text; a field whose value is null is left out, as the contract's optional fields want it. */
export function jsonObject(fields: Record<string, RawBuilder<unknown>>): RawBuilder<string> {
  const members = Object.entries(fields).map(([name, value]) => sql`${sql.lit(`"${name}":`)} || ${value}`);
  return sql`('{' || concat_ws(',', ${sql.join(members)}) || '}')`;
}

/** An array as text, of objects in an order; empty where there is none. */
export function jsonArray(item: RawBuilder<string>, order: RawBuilder<unknown>): RawBuilder<string> {
  return sql`('[' || coalesce(string_agg(${item}, ',' order by ${order}), '') || ']')`;
}

/** Any column as JSON. */
export const json = (column: string): RawBuilder<string> => sql`to_json(${sql.ref(column)})`;

/** A column whose text has nothing to escape: an id, a word of the contract. */
export const word = (column: string): RawBuilder<string> => sql`('"' || ${sql.ref(column)} || '"')`;

/** The order of somebody's addresses or records, of the rows with this alias: first what their own source names. */
export function keyOrder(alias: string, personId: RawBuilder<unknown>): RawBuilder<unknown> {
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  return sql`${column('named_by')} <> ${personId}, ${column('named_by')}, ${column('position')}`;
}

/** `ExternalId` for a row of `person_external_ids` with this alias; no tenant is null. */
export function recordJson(alias: string): RawBuilder<string> {
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  return sql`json_build_object('system', ${column('system')}, 'tenant', nullif(${column('tenant')}, ''),
    'type', ${column('type')}, 'id', ${column('id')})`;
}

/** The first addresses of `people p`, as many as the contract tells. */
export const emailsJson = (workspaceId: Value): RawBuilder<string> =>
  firstKeys(workspaceId, 'person_emails', sql`e.written`);

/** The first records of `people p`, as many as the contract tells. */
export const externalIdsJson = (workspaceId: Value): RawBuilder<string> =>
  firstKeys(workspaceId, 'person_external_ids', recordJson('e'));

function firstKeys(
  workspaceId: Value,
  table: 'person_emails' | 'person_external_ids',
  key: RawBuilder<unknown>,
): RawBuilder<string> {
  const order = keyOrder('e', sql`p.id`);
  return sql`(
    select coalesce(json_agg(${key} order by ${order}), '[]'::json)
    from (
      select * from ${sql.table(table)} e
      where e.workspace_id = ${workspaceId} and e.person_id = p.id
      order by ${order} limit ${sql.lit(PERSON_KEYS)}
    ) e)`;
}

/** A time column as a JSON string; see `instant`. */
export function jsonInstant(column: string): RawBuilder<string> {
  return sql`to_char(${sql.ref(column)} at time zone 'UTC', '\\"YYYY-MM-DD"T"HH24:MI:SS.MS"Z"\\"')`;
}

/** A time column as the contract writes it: UTC, milliseconds. */
export function instant(column: string): RawBuilder<string> {
  return sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** `Feedback` for every row of `feedback f`. */
export function feedbackJson(workspaceId: Value): RawBuilder<string> {
  return sql`json_strip_nulls(json_build_object(
    'id', f.id,
    'about', json_build_object('kind', f.about_kind, 'personId', f.person_id, 'campaignId', f.campaign_id,
      'plannedTouchId', f.planned_touch_id),
    'personName', (select fp.name from people fp where fp.workspace_id = ${workspaceId} and fp.id = f.person_id),
    'campaignName',
      (select fc.name from campaigns fc where fc.workspace_id = ${workspaceId} and fc.id = f.campaign_id),
    'plannedTouchTitle', (select ft.title from planned_touches ft
      where ft.workspace_id = ${workspaceId} and ft.id = f.planned_touch_id),
    'verdict', f.verdict,
    'reasons', f.reasons,
    'comment', f.comment,
    'by', (select json_build_object('id', fu.id, 'name', fu.name)
           from users fu where fu.workspace_id = ${workspaceId} and fu.id = f.by_user_id),
    'clientTime', ${instant('f.client_time')},
    'at', ${instant('f.at')},
    'state', f.state,
    'waitsFor', f.waits_for,
    'answer', f.answer,
    'filedUnder', (select json_build_object('id', fg.id, 'name', fg.name)
      from campaigns fg where fg.workspace_id = ${workspaceId} and fg.id = f.filed_under),
    'replies', coalesce((
      select json_agg(json_build_object(
          'id', r.id,
          'kind', nullif(r.kind, 'answer'),
          'by', json_build_object('id', ru.id, 'name', ru.name),
          'text', r.text,
          'at', ${instant('r.at')}
        ) order by r.at, r.id)
      from feedback_replies r
      join users ru on ru.workspace_id = ${workspaceId} and ru.id = r.by_user_id
      where r.workspace_id = ${workspaceId} and r.feedback_id = f.id), '[]'::json),
    'writtenTo', (
      select json_agg(json_build_object(
          'system', fw.system, 'state', fw.state, 'at', ${instant('fw.written_at')}, 'problem', fw.problem
        ) order by fw.system)
      from write_backs fw where fw.workspace_id = ${workspaceId} and fw.feedback_id = f.id)
  ))`;
}

/** `StageState` for the row `people p`. What a source's status stands for is said even when it is nothing. */
export function stageStateJson(workspaceId: Value): RawBuilder<string> {
  return sql`(select json_strip_nulls(json_build_object(
      'eventId', v.id,
      'stage', p.stage,
      'since', ${instant('p.stage_since')},
      'by', json_build_object('kind', v.by_kind, 'id', v.by_id, 'name', v.by_name),
      'reason', v.reason,
      'agreementVersion', v.agreement_version
    ))::jsonb || case when p.source_status_value is null then '{}'::jsonb else jsonb_build_object('sourceStatus',
      jsonb_build_object('system', p.source_status_system, 'value', p.source_status_value, 'mappedTo', (
        select m.stage from status_mappings m where m.workspace_id = ${workspaceId}
          and m.system = p.source_status_system and m.value = p.source_status_value))) end
    from stage_events v where v.workspace_id = ${workspaceId} and v.id = p.stage_event_id)`;
}
