import type { Opinion, Plan } from '../contract/plan.ts';
import type { User } from '../contract/session.ts';

/** Whether opinions on a plan count still. */
export const isOpen = ({ decision, opinionsUntil }: Plan, now: number): boolean =>
  decision === undefined && now < Date.parse(opinionsUntil);

/** What somebody has said of a plan. */
export const opinionOf = ({ opinions }: Plan, userId: string) => opinions.find(({ by }) => by.id === userId);

/** Whether a plan waits for somebody's opinion. */
export const isAsked = (plan: Plan, { id, team }: Pick<User, 'id' | 'team'>, now: number): boolean =>
  team === 'sales' && isOpen(plan, now) && opinionOf(plan, id) === undefined;

/** How many are of which opinion. */
export function opinionCounts({ opinions }: Plan): Record<Opinion, number> {
  const counts = { good: 0, doubts: 0, 'please-not': 0 };
  for (const { opinion } of opinions) counts[opinion] += 1;
  return counts;
}
