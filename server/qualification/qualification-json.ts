import { type RawBuilder, sql } from 'kysely';
import { ENGAGEMENT_EPOCH } from '../../utils/domain/engagement.ts';
import { instant } from '../store/json.ts';

/**
 * `Qualification` of `people p` as text: the stored row, with tiers, the points left now and what has expired
 * by now. Null when nobody has evaluated the person; see `needsEvaluation`.
 */
export function qualificationJson(workspaceId: string, now: Date): RawBuilder<string> {
  const time = sql`${now.toISOString()}::timestamptz`;
  const asOf = instantText('q.evaluated_at');
  const good = (column: string) => sql`case when ${sql.ref(column)} is null then '"expired":false' else
    '"validUntil":' || ${instantText(column)} || ',"expired":' || (${sql.ref(column)} <= ${time})::text end`;
  return sql`(
    select format(
      '{"asOf":%s,"agreementVersion":%s,"current":%s,"next":%s,'
      '"fit":{"tier":%s,"momentum":"%s","asOf":%s,%s,"score":%s,"parts":%s},'
      '"engagement":{"tier":%s,"momentum":"%s","asOf":%s,%s,"score":%s,"parts":%s,"excluded":%s}}',
      ${asOf}, q.agreement_version, q.present, coalesce(q.next::text, 'null'),
      ${tier(sql`q.fit_score`, sql`q.fit_score > 0`, sql`k.fit`)},
      q.fit_momentum, ${asOf}, ${good('q.fit_good_until')}, to_json(q.fit_score), q.fit_parts,
      ${tier(sql`q.engagement_level`, sql`q.engagement_level is not null`, sql`k.engagement`)},
      q.engagement_momentum, to_json(${now.toISOString()}::text), ${good('q.engagement_good_until')},
      case when q.engagement_level is null then 0 else round(power(2::float8, least(greatest(
        q.engagement_level
          - extract(epoch from ${time} - ${ENGAGEMENT_EPOCH}::timestamptz)::float8
            / (86400 * q.engagement_half_life), -40), 40))::numeric, 2) end,
      (select coalesce(json_agg(json_build_object(
          'touchpointId', e."touchpointId", 'touchpointKind', e."touchpointKind", 'title', e.title, 'at', e.at,
          'source', e.source,
          'points', round((e.points * power(2::float8, greatest(
            -extract(epoch from ${time} - q.evaluated_at)::float8 / (86400 * q.engagement_half_life), -40)))::numeric, 2)
        ) order by e.points desc, e."touchpointId"), '[]'::json)
       from json_to_recordset(q.engagement_parts)
         as e ("touchpointId" text, "touchpointKind" text, title text, at text, source text, points float8)),
      q.engagement_excluded
    )
    from qualifications q
    left join tier_cutoffs k on k.workspace_id = ${workspaceId}
    where q.workspace_id = ${workspaceId} and q.person_id = p.id)`;
}

/** Whether somebody has to evaluate `people p` before their qualification is shown. */
export function needsEvaluation(workspaceId: string, now: Date): RawBuilder<boolean> {
  return sql<boolean>`(
    exists (
      select 1 from due_qualifications d where d.workspace_id = ${workspaceId} and d.person_id = p.id)
    or not exists (
      select 1 from qualifications q where q.workspace_id = ${workspaceId} and q.person_id = p.id
        and (q.valid_until is null or q.valid_until > ${now.toISOString()}::timestamptz)))`;
}

/** See `tierOf` in the domain. Without cutoffs yet, or where nobody has reached one, any figure will do. */
function tier(figure: RawBuilder<unknown>, counts: RawBuilder<unknown>, cutoffs: RawBuilder<unknown>) {
  const reached = (index: number) => sql`(${figure} >= (${cutoffs})[${sql.lit(index)}])`;
  return sql`case when not (${counts}) then 0 when ${reached(3)} then 3 when ${reached(2)} then 2
    when ${reached(1)} then 1 else 0 end`;
}

const instantText = (column: string) => sql`to_json(${instant(column)})`;
