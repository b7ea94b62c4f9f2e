import type { Handlers } from '../operation.ts';
import { issueCode } from '../sign-in/issued-codes.ts';
import { sendInvitation } from '../sign-in/send-mail.ts';
import { deactivateUser, inviteUser, nobody, patchUser } from '../sign-in/users.ts';
import { readActiveUser, readUsers, readWorkspace } from '../store/workspaces.ts';

type Names = 'users' | 'createSignInCode' | 'invite' | 'patchUser' | 'deactivateUser';

export const userHandlers: Pick<Handlers, Names> = {
  async users({ db, session }) {
    return { users: await readUsers(db, session.workspaceId) };
  },

  async createSignInCode({ db, session: { workspaceId }, params: { id }, now }) {
    if (!(await readActiveUser(db, workspaceId, id))) throw nobody();
    return { code: await issueCode(db, workspaceId, id, now) };
  },

  async invite({ hub, db, session: { workspaceId, user: by }, body, now }) {
    const user = await inviteUser(db, workspaceId, body);
    const workspace = await readWorkspace(db, workspaceId);
    if (sendInvitation(hub, { user, by: by.name, company: workspace.name })) return { user };
    return { user, code: await issueCode(db, workspaceId, user.id, now) };
  },

  patchUser({ db, session: { workspaceId }, params: { id }, body }) {
    return patchUser(db, workspaceId, id, body);
  },

  async deactivateUser({ db, session: { workspaceId }, params: { id }, now }) {
    await deactivateUser(db, workspaceId, id, now);
    return undefined;
  },
};
