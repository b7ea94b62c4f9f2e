import type { User } from '../contract/session.ts';

/** Whether this user answers for marketing: a manager of sales does not. */
export const answersFeedback = ({ role, team }: Pick<User, 'role' | 'team'>): boolean =>
  role === 'admin' || (role !== 'rep' && team === 'marketing');
