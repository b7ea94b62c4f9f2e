import type { Handlers } from '../operation.ts';
import { ProblemError } from '../problem.ts';
import { readUsers } from '../store/workspaces.ts';

export const userHandlers: Pick<Handlers, 'users' | 'createSignInCode'> = {
  async users({ db, session }) {
    return { users: await readUsers(db, session.workspaceId) };
  },

  async createSignInCode({ hub, db, session: { workspaceId }, params: { id }, now }) {
    const users = await readUsers(db, workspaceId);
    if (!users.some((user) => user.id === id)) {
      throw new ProblemError('not-found', 'Nobody in this workspace has this id.');
    }
    return { code: hub.signInCodes.issue({ workspaceId, userId: id }, now) };
  },
};
