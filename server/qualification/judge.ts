import type { Agreement } from '../../utils/contract/agreement.ts';
import type { StageCriteria } from '../../utils/contract/qualification.ts';
import type { CriterionResult } from '../../utils/contract/qualification.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import { evaluateCriterion } from '../../utils/domain/evaluate-criterion.ts';
import { pointsOf } from '../../utils/domain/engagement.ts';
import type { Facts } from '../../utils/domain/facts.ts';
import { nextStage } from '../../utils/domain/next-stage.ts';

/** What the agreement asks of a lead at its stage and at the next one, and how it stands. */
export interface Judgement {
  present: StageCriteria;
  next: StageCriteria | null;
}

export function judge(stage: Stage, agreement: Agreement, facts: Facts): Judgement {
  const next = nextStage(stage);
  return {
    present: stageCriteria(stage, agreement, facts),
    next: next && stageCriteria(next, agreement, facts),
  };
}

function stageCriteria(stage: Stage, { stages }: Agreement, facts: Facts): StageCriteria {
  const agreed = stages.find((one) => one.stage === stage);
  return {
    stage,
    result: agreed?.criteria ? evaluateCriterion(agreed.criteria, facts) : null,
    movers: agreed?.movers ?? [],
  };
}

/** Where an agreed rule would move this lead, and why; null when none does. See `allowsAgain`. */
export function ruleMove(
  { next }: Judgement,
  agreement: Agreement,
  { now }: Facts,
): { to: Stage; evidence: CriterionResult } | null {
  if (agreement.validUntil <= now) return null;
  if (!next?.movers.includes('rule') || next.result?.state !== 'met') return null;
  return { to: next.stage, evidence: next.result };
}

/**
 * After somebody moved a lead back, a rule moves it again only for what happened since: the criteria must hold
 * without anything older, and the lead must have shown some interest.
 */
export function allowsAgain(stage: Stage, movedBackAt: string, agreement: Agreement, facts: Facts): boolean {
  const touchpoints = facts.touchpoints.filter(({ occurredAt }) => occurredAt > movedBackAt);
  const { next } = judge(stage, agreement, { ...facts, touchpoints });
  const showsInterest = touchpoints.some(
    ({ machine, kind, occurredAt }) =>
      !machine && occurredAt <= facts.now && pointsOf(kind, agreement.engagement) > 0,
  );
  return showsInterest && next?.result?.state === 'met';
}
