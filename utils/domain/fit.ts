import type { AgreementDocument } from '../contract/agreement.ts';
import type { LeafResult, Momentum } from '../contract/qualification.ts';
import { evaluateLeaf } from './evaluate-criterion.ts';
import type { Facts } from './facts.ts';
import { daysAfter, earliest } from './instants.ts';
import { momentumOf } from './momentum.ts';

/** Momentum of fit looks so far back: companies do not change by the day. */
const FIT_MOMENTUM_DAYS = 30;

export interface FitFigure {
  /** Weight met over weight of all, 0 to 1; 0 when nothing is asked for. What is unknown is not met. */
  score: number;
  parts: { weight: number; result: LeafResult }[];
  /** When the first of its fields expires, or did. */
  goodUntil: string | undefined;
  /** When time alone may change it next. */
  validUntil: string | undefined;
}

/** How well a lead matches the profile of customers wanted. */
export function fitOf({ criteria }: AgreementDocument['profile'], facts: Facts): FitFigure {
  const parts = criteria.map(({ weight, criterion }) => ({ weight, result: evaluateLeaf(criterion, facts) }));
  const all = parts.reduce((sum, { weight }) => sum + weight, 0);
  const met = parts.reduce((sum, { weight, result }) => sum + (result.state === 'met' ? weight : 0), 0);
  const validUntil = earliest(parts.map(({ result }) => result.validUntil));
  const expired = parts.flatMap(({ result }) => result.evidence.map(expiredAt));
  return {
    score: all === 0 ? 0 : met / all,
    parts,
    goodUntil: earliest([validUntil, ...expired]),
    validUntil,
  };
}

const expiredAt = (evidence: LeafResult['evidence'][number]) =>
  evidence.kind === 'touchpoint' ? undefined : evidence.expiredAt;

/** A score that was left at some time. */
export interface FitChange {
  at: string;
  score: number;
}

/** What to remember of earlier scores, oldest first, once the score is `score`. */
export function fitChanges(
  earlier: readonly FitChange[],
  before: number | null,
  { score, now }: { score: number; now: string },
): FitChange[] {
  const since = daysAfter(now, -FIT_MOMENTUM_DAYS);
  const kept = earlier.filter(({ at }) => at > since);
  return before === null || before === score ? kept : [...kept, { at: now, score: before }];
}

/** Against the score of thirty days ago, and when that comparison ends. */
export function fitMomentum(
  score: number,
  changes: readonly FitChange[],
): { momentum: Momentum; validUntil: string | undefined } {
  const oldest = changes[0];
  return {
    momentum: momentumOf(oldest?.score ?? score, score),
    validUntil: oldest && daysAfter(oldest.at, FIT_MOMENTUM_DAYS),
  };
}
