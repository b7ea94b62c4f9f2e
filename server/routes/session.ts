import { issueToken } from '../auth/tokens.ts';
import type { Handlers } from '../operation.ts';
import { ProblemError } from '../problem.ts';
import { deviceLabel } from '../sign-in/device-label.ts';
import { redeemCode } from '../sign-in/issued-codes.ts';
import { endSessions, listSessions } from '../sign-in/sessions.ts';
import { readActiveUser, readWorkspace } from '../store/workspaces.ts';

export const sessionHandlers: Pick<Handlers, 'signIn' | 'signOut' | 'sessions' | 'endSession' | 'me'> = {
  async signIn({ hub, db, body, now, userAgent }) {
    const userId = await redeemCode(hub, body.code, now);
    const user = userId === null ? undefined : await readActiveUser(db, hub.workspaceId, userId);
    if (!user) {
      throw new ProblemError(
        'signed-out',
        'This code is wrong, too old, or was used already. Each code is good for one sign-in: take the one the hub printed last, or have an administrator make one.',
      );
    }
    const workspace = await readWorkspace(db, hub.workspaceId);
    const device = { method: 'code' as const, label: deviceLabel(userAgent) };
    return { token: await issueToken(db, hub.workspaceId, user.id, now, device), user, workspace };
  },

  async signOut({ db, session: { workspaceId, id }, now }) {
    await endSessions(db, workspaceId, { id }, now);
    return undefined;
  },

  async sessions({ db, session: { workspaceId, user, id }, query: { userId = user.id }, now }) {
    if (userId !== user.id && user.role !== 'admin') {
      throw new ProblemError('forbidden', 'Only an administrator may see where others are signed in.');
    }
    const sessions = await listSessions(db, workspaceId, userId, now);
    return { sessions: sessions.map((one) => ({ ...one, current: one.id === id })) };
  },

  async endSession({ db, session: { workspaceId, user }, params: { id }, now }) {
    const which = user.role === 'admin' ? { id } : { id, userId: user.id };
    if ((await endSessions(db, workspaceId, which, now)) === 0) {
      throw new ProblemError('not-found', 'There is no such session of yours, or it has ended already.');
    }
    return undefined;
  },

  async me({ db, session: { workspaceId, user } }) {
    return { user, workspace: await readWorkspace(db, workspaceId) };
  },
};
