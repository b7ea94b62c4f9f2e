import type { Stage } from '../contract/stage.ts';
import { STAGE_PATH } from './next-stage.ts';

/** A stage somebody is at, since when, and whether a person moved them there by hand. */
export interface HeldStage {
  stage: Stage;
  since: string;
  byHand: boolean;
}

/** How far along the path; those who left it are behind everybody on it. */
const rank = (stage: Stage) => STAGE_PATH.indexOf(stage);

/**
 * Which of two stages somebody is at who was known as two: the one further along, unless a person moved the other one
 * there by hand since: a judgement goes before what was known earlier.
 */
export function mergedStage<T extends HeldStage>(kept: T, other: T): T {
  const [far, near] = rank(other.stage) > rank(kept.stage) ? [other, kept] : [kept, other];
  const judged = rank(near.stage) < rank(far.stage) && near.byHand && near.since > far.since;
  return judged ? near : far;
}
