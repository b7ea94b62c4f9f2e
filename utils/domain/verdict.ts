import type { Agreement } from '../contract/agreement.ts';
import type { LeadVerdict } from '../contract/feedback.ts';
import type { Stage } from '../contract/stage.ts';

/** Stages up to the MQL: a rep who accepts one of these makes it a SAL. */
const BEFORE_SAL: readonly Stage[] = ['inquiry', 'lead', 'mql', 'recycled', 'disqualified'];

/**
 * Where a verdict moves a lead (DESIGN §6): accepting makes it a SAL unless sales works it already;
 * returning sends it back to marketing, or removes it when one of the reasons says so.
 */
export function stageAfter(
  stage: Stage,
  verdict: LeadVerdict,
  reasons: readonly string[],
  agreement: Pick<Agreement, 'reasons'>,
): Stage {
  if (verdict === 'accepted') return BEFORE_SAL.includes(stage) ? 'sal' : stage;
  const removes = agreement.reasons.some(
    (reason) => reason.outcome === 'remove' && reasons.includes(reason.id),
  );
  return removes ? 'disqualified' : 'recycled';
}

/** Whether a verdict makes sense at this stage: a customer is neither accepted nor returned. */
export function verdictsFor(stage: Stage): readonly LeadVerdict[] {
  switch (stage) {
    case 'customer':
      return [];
    case 'sal':
    case 'sql':
    case 'opportunity':
      return ['returned'];
    case 'recycled':
    case 'disqualified':
      return ['accepted'];
    default:
      return ['accepted', 'returned'];
  }
}
