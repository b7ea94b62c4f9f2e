import type { FeedbackState } from '../../utils/contract/feedback.ts';

const ORDER: readonly FeedbackState[] = ['new', 'seen', 'answered', 'acted', 'withdrawn'];

/** States only go forward. */
export const isBefore = (one: FeedbackState, other: FeedbackState): boolean =>
  ORDER.indexOf(one) < ORDER.indexOf(other);
