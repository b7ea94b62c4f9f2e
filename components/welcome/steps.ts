import type { FirstRunStep } from '../../utils/extension/messages.ts';

/** The steps that are shown, in order. */
export const steps = ['connect', 'sites', 'mailboxes', 'look'] as const satisfies FirstRunStep[];
export type Step = (typeof steps)[number];

/** What follows a step. */
export const stepAfter = (step: Step): FirstRunStep => steps[steps.indexOf(step) + 1] ?? 'done';

/** What comes before a step; the first one has nothing before it. */
export const stepBefore = (step: Step): Step | undefined => steps[steps.indexOf(step) - 1];
