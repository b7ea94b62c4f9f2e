import { type RawBuilder, sql } from 'kysely';
import type { ContextQuery } from '../../utils/contract/lead-context.ts';
import { CONTEXT_TOUCHPOINTS } from '../../utils/contract/lead-context.ts';
import type { Database } from './database.ts';
import { findPeople } from './find-people.ts';
import { feedbackJson, instant } from './json.ts';

/**
 * The lead contexts for queries, in their order, as the text of a JSON array; `null` where nobody is
 * known (see `findPeople`).
 */
export async function readContexts(
  db: Database,
  workspaceId: string,
  queries: readonly ContextQuery[],
  now: Date,
): Promise<string> {
  const { rows } = await sql<{ context: string | null }>`
    with found as (${findPeople(workspaceId, queries)})
    select (${contextJson(workspaceId, now)}) as context from found n order by n.ord`.execute(db);
  return `[${rows.map((row) => row.context ?? 'null').join(',')}]`;
}

/**
 * `LeadContext` of the person `n.person_id`, as text. It is put together by `format`, because
 * `json_strip_nulls` over the whole would take away the nulls that sources mean.
 */
function contextJson(workspaceId: string, now: Date): RawBuilder<string | null> {
  return sql`
    select format(
      '{"person":%s,"stage":%s,"consents":%s%s,"touchpoints":%s,"touchpointCount":%s,"campaigns":%s,"feedback":%s,"sources":%s,"asOf":%s}',
      ${personJson(workspaceId)},
      ${stageJson(workspaceId)},
      (select coalesce(json_agg(json_strip_nulls(json_build_object(
          'channel', c.channel, 'state', c.state, 'basis', c.basis, 'source', c.source, 'since', ${instant('c.since')}
        )) order by c.channel), '[]'::json)
       from consents c where c.workspace_id = ${workspaceId} and c.person_id = p.id),
      case when p.do_not_contact_since is not null then ',"doNotContact":' || json_build_object(
        'reason', p.do_not_contact_reason, 'since', ${instant('p.do_not_contact_since')}) else '' end,
      latest.touchpoints,
      (select count(*) from touchpoints tc where tc.workspace_id = ${workspaceId} and tc.person_id = p.id),
      (select coalesce(json_agg(json_strip_nulls(json_build_object(
          'id', c.id, 'name', c.name, 'kind', c.kind,
          'startsAt', ${instant('c.starts_at')}, 'endsAt', ${instant('c.ends_at')}
        )) order by c.starts_at, c.id), '[]'::json)
       from campaigns c where c.workspace_id = ${workspaceId} and c.id = any(latest.campaign_ids)),
      (select coalesce(json_agg(${feedbackJson(workspaceId)} order by f.at desc, f.id desc), '[]'::json)
       from feedback f
       where f.workspace_id = ${workspaceId} and f.person_id = p.id and f.state <> 'withdrawn'),
      (select coalesce(json_agg(case when s.problem is null
          then json_build_object('system', s.system, 'label', s.label, 'lastSuccessAt', ${instant('s.last_success_at')})
          else json_build_object('system', s.system, 'label', s.label, 'lastSuccessAt', ${instant('s.last_success_at')},
            'problem', s.problem) end order by s.system), '[]'::json)
       from source_status s where s.workspace_id = ${workspaceId}),
      to_json(${now.toISOString()}::text)
    )
    from people p
    cross join lateral (
      select array_agg(distinct t.campaign_id) as campaign_ids,
        coalesce(json_agg(json_strip_nulls(json_build_object(
          'id', t.id, 'kind', t.kind, 'channel', t.channel, 'direction', t.direction, 'campaignId', t.campaign_id,
          'title', t.title, 'highlight', t.highlight, 'url', t.url, 'occurredAt', ${instant('t.occurred_at')},
          'machine', t.machine, 'source', t.source
        )) order by t.occurred_at desc, t.id desc), '[]'::json) as touchpoints
      from (
        select * from touchpoints tl
        where tl.workspace_id = ${workspaceId} and tl.person_id = p.id
        order by tl.occurred_at desc, tl.id desc limit ${sql.lit(CONTEXT_TOUCHPOINTS)}
      ) t
    ) latest
    where p.workspace_id = ${workspaceId} and p.id = n.person_id`;
}

function personJson(workspaceId: string): RawBuilder<string> {
  return sql`json_strip_nulls(json_build_object(
    'id', p.id,
    'name', p.name,
    'emails', (select coalesce(json_agg(e.written order by e.position), '[]'::json)
               from person_emails e where e.workspace_id = ${workspaceId} and e.person_id = p.id),
    'company', p.company,
    'title', p.title,
    'phone', p.phone,
    'country', p.country,
    'language', p.language,
    'owner', (select json_build_object('id', o.id, 'name', o.name)
              from users o where o.workspace_id = ${workspaceId} and o.id = p.owner_id),
    'externalIds', (select coalesce(json_agg(json_build_object('system', x.system, 'type', x.type, 'id', x.id)
                      order by x.position), '[]'::json)
                    from person_external_ids x where x.workspace_id = ${workspaceId} and x.person_id = p.id)
  ))`;
}

function stageJson(workspaceId: string): RawBuilder<string> {
  return sql`(select json_strip_nulls(json_build_object(
      'stage', p.stage,
      'since', ${instant('p.stage_since')},
      'by', json_build_object('kind', v.by_kind, 'id', v.by_id, 'name', v.by_name),
      'reason', v.reason,
      'agreementVersion', v.agreement_version,
      'sourceStatus', case when p.source_status_value is not null then
        json_build_object('system', p.source_status_system, 'value', p.source_status_value) end
    ))
    from stage_events v where v.workspace_id = ${workspaceId} and v.id = p.stage_event_id)`;
}
