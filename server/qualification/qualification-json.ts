import { type RawBuilder, sql } from 'kysely';
import { ENGAGEMENT_EPOCH } from '../../utils/domain/engagement.ts';
import { DAY_MS } from '../../utils/domain/instants.ts';
import { instant } from '../store/json.ts';
import type { Value } from '../store/query-template.ts';

/**
 * `Qualification` of `people p` as text: the stored row, with tiers, the points left now and what has expired
 * by `now`, an ISO 8601 text. Null when nobody has evaluated the person; see `needsEvaluation`. Every look-up runs this: it joins
 * pieces of text, because building JSON anew takes several times as long.
 */
export function qualificationJson(workspaceId: Value, now: Value): RawBuilder<string> {
  const time = sql`${now}::timestamptz`;
  const epoch = sql.lit(Date.parse(ENGAGEMENT_EPOCH));
  const days = sql`((round(extract(epoch from ${time}) * 1000) - ${epoch})::float8 / ${sql.lit(DAY_MS)})`;
  // What a level stands for now, to the hundredth; beyond forty doublings it is nothing, or nonsense.
  const points = (level: RawBuilder<unknown>) => sql`round(100 * power(2::float8, least(greatest(
    ${level} - ${days} / q.engagement_half_life, -40), 40))) / 100`;
  const good = (column: string) => sql`case when ${sql.ref(column)} is null then '"expired":false' else
    '"validUntil":"' || ${instant(column)} || '","expired":' || (${sql.ref(column)} <= ${time})::text end`;
  return sql`(
    select format(
      '{"asOf":"%1$s","agreementVersion":%2$s,"current":%3$s,"next":%4$s,'
      '"fit":{"tier":%5$s,"momentum":"%6$s","asOf":"%1$s",%7$s,"score":%8$s,"parts":%9$s},'
      '"engagement":{"tier":%10$s,"momentum":"%11$s","asOf":"%12$s",%13$s,"score":%14$s,"parts":[%15$s],'
      '"excluded":%16$s}}',
      ${instant('q.evaluated_at')}, q.agreement_version, q.present, coalesce(q.next::text, 'null'),
      ${tier(sql`q.fit_score`, sql`q.fit_score > 0`, sql`k.fit`)},
      q.fit_momentum, ${good('q.fit_good_until')}, q.fit_score, q.fit_parts,
      ${tier(sql`q.engagement_level`, sql`q.engagement_level is not null`, sql`k.engagement`)},
      q.engagement_momentum, ${now}::text, ${good('q.engagement_good_until')},
      coalesce(${points(sql`q.engagement_level`)}, 0),
      (select string_agg((e.part ->> 0) || ${points(sql`(e.part ->> 1)::float8`)} || '}', ',')
       from json_array_elements(q.engagement_parts) e (part)),
      q.engagement_excluded
    )
    from qualifications q
    left join tier_cutoffs k on k.workspace_id = ${workspaceId}
    where q.workspace_id = ${workspaceId} and q.person_id = p.id)`;
}

/** Whether somebody has to evaluate `people p` before their qualification is shown. */
export function needsEvaluation(workspaceId: Value, now: Value): RawBuilder<boolean> {
  return sql<boolean>`(
    exists (
      select 1 from due_qualifications d where d.workspace_id = ${workspaceId} and d.person_id = p.id)
    or not exists (
      select 1 from qualifications q where q.workspace_id = ${workspaceId} and q.person_id = p.id
        and (q.valid_until is null or q.valid_until > ${now}::timestamptz)))`;
}

/** See `tierOf` in the domain. Without cutoffs yet, or where nobody has reached one, any figure will do. */
export function tier(
  figure: RawBuilder<unknown>,
  counts: RawBuilder<unknown>,
  cutoffs: RawBuilder<unknown>,
): RawBuilder<number> {
  const reached = (index: number) => sql`(${figure} >= (${cutoffs})[${sql.lit(index)}])`;
  return sql<number>`case when not (${counts}) then 0 when ${reached(3)} then 3 when ${reached(2)} then 2
    when ${reached(1)} then 1 else 0 end`;
}
