import type { Agreement, Reason } from '../../utils/contract/agreement.ts';
import type { User } from '../../utils/contract/session.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import { ProblemError } from '../problem.ts';

/** Whether the agreement lets this user move a lead there by hand. */
export function mayMoveTo({ stages }: Agreement, { role, team }: User, to: Stage): boolean {
  return role === 'admin' || stages.some(({ stage, movers }) => stage === to && movers.includes(team));
}

/**
 * Checks reasons, each with the JSON pointer to where it stands in the request.
 *
 * @throws ProblemError `invalid`, naming every one that is not among those agreed on.
 */
export function requireKnownReasons(
  agreed: readonly Reason[],
  given: readonly { pointer: string; id: string }[],
): void {
  const errors = given
    .filter(({ id }) => !agreed.some((reason) => reason.id === id))
    .map(({ pointer }) => ({ pointer, detail: 'is no reason of the agreement' }));
  if (errors.length > 0) throw new ProblemError('invalid', 'Use the reasons both teams agreed on.', errors);
}
