import type { Feedback } from '../contract/feedback.ts';

/** Verdicts that say all is well. */
const CONTENT: readonly Feedback['verdict'][] = ['accepted', 'praise'];

/**
 * Whether marketing has promised an answer. Who accepts a lead or praises a campaign without a word asks for nothing:
 * answering each of these clicks would drown what waits.
 */
export const expectsAnswer = ({ verdict, comment }: Pick<Feedback, 'verdict' | 'comment'>): boolean =>
  !CONTENT.includes(verdict) || (comment !== undefined && comment.trim() !== '');
