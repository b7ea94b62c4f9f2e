import { createWriteKey, deleteWriteKey, listWriteKeys } from '../auth/write-keys.ts';
import type { Handlers } from '../operation.ts';
import { ProblemError } from '../problem.ts';

export const writeKeyHandlers: Pick<Handlers, 'createWriteKey' | 'listWriteKeys' | 'deleteWriteKey'> = {
  async createWriteKey({ db, session: { workspaceId, user }, body: { name }, now }) {
    const { id, key } = await createWriteKey(db, workspaceId, { name, by: user.id, at: now });
    const createdBy = { id: user.id, name: user.name };
    return { id, name, createdBy, createdAt: now.toISOString(), lastUsedAt: null, key };
  },

  async listWriteKeys({ db, session: { workspaceId } }) {
    return { writeKeys: await listWriteKeys(db, workspaceId) };
  },

  async deleteWriteKey({ db, session: { workspaceId }, params: { id } }) {
    if (!(await deleteWriteKey(db, workspaceId, id))) {
      throw new ProblemError('not-found', 'There is no such write key, or not any more.');
    }
    return undefined;
  },
};
