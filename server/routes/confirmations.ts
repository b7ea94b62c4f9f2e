import { noteNamed } from '../merging/note-named.ts';
import type { Handlers } from '../operation.ts';
import { ProblemError } from '../problem.ts';
import { evaluatePeople } from '../qualification/evaluate-people.ts';
import { storeConfirmation } from '../store/confirmations.ts';
import { lockStage } from '../store/stages.ts';

export const confirmationHandlers: Pick<Handlers, 'createConfirmation'> = {
  async createConfirmation({ db, session: { workspaceId, user }, body, now }) {
    // The lead is locked before anything is written, as everywhere.
    const present = await lockStage(db, workspaceId, body.personId);
    if (!present) throw new ProblemError('not-found', 'There is no such lead, or not any more.');
    const { personId } = present;
    const outcome = await storeConfirmation(db, workspaceId, {
      ...body,
      personId,
      byUserId: user.id,
      at: now,
    });
    if (outcome === 'conflict') {
      throw new ProblemError(
        'conflict',
        'Another confirmation has this id already. Make a new id for every one.',
      );
    }
    if (outcome === 'repeated') return;
    await noteNamed(db, workspaceId, 'confirmations', [
      { key: [body.id], personId, named: { id: body.personId } },
    ]);
    // At once, so that the next look at the lead shows it.
    await evaluatePeople(db, workspaceId, [personId], now);
  },
};
