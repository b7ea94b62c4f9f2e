import { sql } from 'kysely';
import type { Agreement } from '../../utils/contract/agreement.ts';
import type { CriterionResult, Engagement, Fit, LeafResult } from '../../utils/contract/qualification.ts';
import { type EngagementFigure, engagementOf } from '../../utils/domain/engagement.ts';
import { type FitChange, fitChanges, fitMomentum, fitOf } from '../../utils/domain/fit.ts';
import { daysAfter, earliest } from '../../utils/domain/instants.ts';
import type { WriteTransaction } from '../store/database.ts';
import type { Judged } from './move-by-rule.ts';
import { noteChanges } from '../live/changes.ts';

/** What the row before says that the next one needs. */
export interface EarlierFit {
  agreementVersion: number;
  score: number;
  changes: FitChange[];
}

/** A person's qualification as its table holds it. */
export function qualificationRow(
  { personId, facts, judgement: { present, next } }: Judged,
  agreement: Agreement,
  earlier: EarlierFit | undefined,
) {
  const fit = fitOf(agreement.profile, facts);
  // Under another agreement the score means something else: that is no change of the lead.
  const comparable = earlier?.agreementVersion === agreement.version ? earlier : undefined;
  const now = facts.now;
  const changes = fitChanges(comparable?.changes ?? [], comparable?.score ?? null, { score: fit.score, now });
  const { momentum, validUntil: momentumUntil } = fitMomentum(fit.score, changes);
  const engagement = engagementOf(facts.touchpoints, agreement.engagement, now);
  const { newestAt } = engagement;
  return {
    person_id: personId,
    agreement_version: agreement.version,
    evaluated_at: now,
    valid_until:
      earliest([
        ...leaves(present.result).map((leaf) => leaf.validUntil),
        ...leaves(next?.result ?? null).map((leaf) => leaf.validUntil),
        fit.validUntil,
        momentumUntil,
        engagement.validUntil,
      ]) ?? null,
    present,
    next,
    fit_score: fit.score,
    fit_parts: fit.parts satisfies Fit['parts'],
    fit_momentum: momentum,
    fit_good_until: fit.goodUntil ?? null,
    fit_changes: changes,
    engagement_level: engagement.level,
    engagement_half_life: agreement.engagement.halfLifeDays,
    engagement_parts: engagementParts(engagement),
    engagement_excluded: engagement.excluded satisfies Engagement['excluded'],
    engagement_momentum: engagement.momentum,
    engagement_good_until: newestAt === undefined ? null : daysAfter(newestAt, agreement.expiry.engagement),
  };
}

export type QualificationRow = ReturnType<typeof qualificationRow>;

/** Each as its text up to the points, which a look-up fills in, and the level they come from. Best first. */
const engagementParts = ({ parts }: EngagementFigure) =>
  parts.map(({ touchpoint: { id, kind, title, occurredAt, source }, level }): [string, number] => {
    const part: Omit<Engagement['parts'][number], 'points'> = {
      touchpointId: id,
      touchpointKind: kind,
      title,
      at: occurredAt,
      source,
    };
    return [`${JSON.stringify(part).slice(0, -1)},"points":`, level];
  });

function leaves(result: CriterionResult | null): LeafResult[] {
  if (result === null) return [];
  return 'of' in result ? result.of.flatMap(leaves) : [result];
}

/** What is stored of earlier scores, by person. */
export async function readEarlierFit(
  tx: WriteTransaction,
  workspaceId: string,
  personIds: readonly string[],
): Promise<Map<string, EarlierFit>> {
  const { rows } = await sql<EarlierFit & { personId: string }>`
    select q.person_id as "personId", q.agreement_version as "agreementVersion", q.fit_score as score,
      q.fit_changes as changes
    from qualifications q
    where q.workspace_id = ${workspaceId} and q.person_id = any(${personIds}::uuid[])`.execute(tx);
  return new Map(rows.map(({ personId, ...fit }) => [personId, fit]));
}

/** What a row holds besides what it says of the person. */
const NOT_SHOWN = ['person_id', 'evaluated_at', 'valid_until'];

/** Stores qualifications over those before; pages are told of those that say something else now. */
export async function storeQualifications(
  tx: WriteTransaction,
  workspaceId: string,
  rows: readonly QualificationRow[],
): Promise<void> {
  const first = rows[0];
  if (!first) return;
  const columns = Object.keys(first);
  const names = sql.join(columns.map((column) => sql.ref(column)));
  const updates = columns
    .filter((column) => column !== 'person_id')
    .map((column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`);
  const shown = columns
    .filter((column) => !NOT_SHOWN.includes(column))
    .map((column) => sql`n.${sql.ref(column)}::text is distinct from q.${sql.ref(column)}::text`);
  const changed = await sql<{ personId: string }>`
    with made as (
      select * from json_populate_recordset(null::qualifications, ${JSON.stringify(rows)}::text::json)
    ),
    stored as (
      insert into qualifications (workspace_id, ${names})
      select ${workspaceId}::uuid, ${names} from made
      on conflict (workspace_id, person_id) do update set ${sql.join(updates)}
    )
    select n.person_id as "personId"
    from made n
    left join qualifications q on q.workspace_id = ${workspaceId} and q.person_id = n.person_id
    where ${sql.join(shown, sql` or `)}`.execute(tx);
  noteChanges(
    tx,
    'person',
    changed.rows.map(({ personId }) => personId),
  );
}
