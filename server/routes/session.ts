import { issueToken, revokeToken } from '../auth/tokens.ts';
import type { Handlers } from '../operation.ts';
import { ProblemError } from '../problem.ts';
import { readLocalUser, readWorkspace } from '../store/workspaces.ts';

export const sessionHandlers: Pick<Handlers, 'signIn' | 'signOut' | 'me'> = {
  async signIn({ hub, db, body, now }) {
    if (!hub.signInCodes.use(body.code)) {
      throw new ProblemError(
        'signed-out',
        'This code is wrong or was used already. Each code is good for one sign-in: take the one the hub printed last.',
      );
    }
    const { user, workspace } = await readLocalUser(db, hub.workspaceId);
    return { token: await issueToken(db, workspace.id, user.id, now), user, workspace };
  },

  async signOut({ db, session }) {
    await revokeToken(db, session);
    return undefined;
  },

  async me({ db, session: { workspaceId, user } }) {
    return { user, workspace: await readWorkspace(db, workspaceId) };
  },
};
