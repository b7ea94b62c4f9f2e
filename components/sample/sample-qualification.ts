import type { Agreement } from '../../utils/contract/agreement.ts';
import type { LeadContext } from '../../utils/contract/lead-context.ts';
import type { Qualification, StageCriteria } from '../../utils/contract/qualification.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import { engagementOf, pointsAt } from '../../utils/domain/engagement.ts';
import { evaluateCriterion } from '../../utils/domain/evaluate-criterion.ts';
import type { FieldFact, Facts } from '../../utils/domain/facts.ts';
import { fitOf } from '../../utils/domain/fit.ts';
import { nextStage } from '../../utils/domain/next-stage.ts';

/** The sample's lead judged by the agreement's own rules, as the hub judges every lead. */
export function sampleQualification(
  { person, stage, touchpoints }: Pick<LeadContext, 'person' | 'stage' | 'touchpoints'>,
  agreement: Agreement,
  now: number,
): Qualification {
  const asOf = new Date(now).toISOString();
  const facts: Facts = {
    fields: fieldsOf(person, stage.since),
    touchpoints,
    confirmations: new Map(),
    silentKinds: [],
    now: asOf,
    expiry: agreement.expiry,
  };
  const criteriaOf = (wanted: Stage): StageCriteria => {
    const agreed = agreement.stages.find((one) => one.stage === wanted);
    return {
      stage: wanted,
      result: agreed?.criteria ? evaluateCriterion(agreed.criteria, facts) : null,
      movers: agreed?.movers ?? [],
    };
  };
  const next = nextStage(stage.stage);
  const fit = fitOf(agreement.profile, facts);
  const engagement = engagementOf(touchpoints, agreement.engagement, asOf);
  const points = (level: number | null) => pointsAt(level, agreement.engagement, asOf);
  // Of one lead there is no rank: the tiers are what this one would have among many.
  return {
    asOf,
    agreementVersion: agreement.version,
    current: criteriaOf(stage.stage),
    next: next && criteriaOf(next),
    fit: { tier: 3, momentum: 'steady', asOf, expired: false, score: fit.score, parts: fit.parts },
    engagement: {
      tier: 2,
      momentum: engagement.momentum,
      asOf,
      expired: false,
      score: points(engagement.level),
      parts: engagement.parts.map(({ touchpoint, level }) => ({
        touchpointId: touchpoint.id,
        touchpointKind: touchpoint.kind,
        title: touchpoint.title,
        at: touchpoint.occurredAt,
        source: touchpoint.source,
        points: points(level),
      })),
      excluded: engagement.excluded,
    },
  };
}

function fieldsOf({ title, country, emails, attributes }: LeadContext['person'], at: string) {
  const known = Object.entries({ title, country, email: emails[0], ...attributes });
  return new Map(
    known.flatMap(([name, value]): [string, FieldFact][] =>
      value === undefined ? [] : [[name, { value, source: 'crm', at }]],
    ),
  );
}
