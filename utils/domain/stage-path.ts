import type { Stage } from '../contract/stage.ts';

export interface StagePath {
  /** Five steps; inquiry and lead share the first, opportunity and customer the last. */
  steps: Stage[];
  /** Position of the present stage in `steps`; `null` when the lead has left the path. */
  current: number | null;
}

/** The path as the panel draws it for a lead at this stage. */
export function stagePath(stage: Stage): StagePath {
  const steps: Stage[] = [
    stage === 'inquiry' ? 'inquiry' : 'lead',
    'mql',
    'sal',
    'sql',
    stage === 'customer' ? 'customer' : 'opportunity',
  ];
  const at = steps.indexOf(stage);
  return { steps, current: at === -1 ? null : at };
}
