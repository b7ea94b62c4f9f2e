import type { Stage } from '../contract/stage.ts';
import { STAGES } from '../contract/stages.ts';

const OFF_PATH: readonly Stage[] = ['recycled', 'disqualified'];

/** The stages a lead passes one after the other. */
export const STAGE_PATH: readonly Stage[] = STAGES.filter((stage) => !OFF_PATH.includes(stage));

/**
 * The stage after this one; null at the end of the path and for who has left it for good. Somebody whom
 * marketing has back is asked for what makes an MQL again.
 */
export function nextStage(stage: Stage): Stage | null {
  if (stage === 'recycled') return 'mql';
  const at = STAGE_PATH.indexOf(stage);
  return at === -1 ? null : (STAGE_PATH[at + 1] ?? null);
}
