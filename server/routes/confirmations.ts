import type { Handlers } from '../operation.ts';
import { ProblemError } from '../problem.ts';
import { evaluatePeople } from '../qualification/evaluate-people.ts';
import { storeConfirmation } from '../store/confirmations.ts';
import { lockStage } from '../store/stages.ts';

export const confirmationHandlers: Pick<Handlers, 'createConfirmation'> = {
  async createConfirmation({ db, session: { workspaceId, user }, body, now }) {
    // The lead is locked before anything is written, as everywhere.
    if (!(await lockStage(db, workspaceId, body.personId))) {
      throw new ProblemError('not-found', 'There is no such lead, or not any more.');
    }
    const outcome = await storeConfirmation(db, workspaceId, { ...body, byUserId: user.id, at: now });
    if (outcome === 'conflict') {
      throw new ProblemError(
        'conflict',
        'Another confirmation has this id already. Make a new id for every one.',
      );
    }
    // At once, so that the next look at the lead shows it.
    if (outcome === 'stored') await evaluatePeople(db, workspaceId, [body.personId], now);
  },
};
