import { Confirmable } from '../../utils/contract/criterion.ts';
import type { ConfirmationDraft, StageDraft } from './draft.ts';
import type { Random } from './random.ts';
import { MINUTE } from './working-time.ts';

/** What the rep learned in talks: a little after accepting, and three of four or all to call it qualified. */
export function confirmationsOf(
  random: Random,
  stages: readonly StageDraft[],
  rep: number,
): ConfirmationDraft[] {
  const sal = stages.find(({ to }) => to === 'sal');
  if (sal === undefined) return [];
  const sql = stages.find(({ to }) => to === 'sql');
  const age = sql ? sql.age + 20 * MINUTE : sal.age * 0.5;
  const open = random.chance(0.6) && random.pick(Confirmable.options);
  return Confirmable.options
    .filter((subject) => (sql ? subject !== open : random.chance(0.35)))
    .map((subject) => ({ subject, confirmed: sql !== undefined || random.chance(0.85), age, by: rep }));
}
