import type { Me } from '../../utils/contract/session.ts';
import { noteAudit } from '../audit/audit-events.ts';
import { issueToken, revokeToken } from '../auth/tokens.ts';
import type { Handlers } from '../operation.ts';
import { ProblemError } from '../problem.ts';
import type { WriteTransaction } from '../store/database.ts';
import { readLocalUser, readUsers, readWorkspace } from '../store/workspaces.ts';

export const sessionHandlers: Pick<Handlers, 'signIn' | 'signOut' | 'me'> = {
  async signIn({ hub, db, body, now }) {
    const holder = hub.signInCodes.use(body.code, now);
    if (holder === null) throw wrongCode();
    if (holder === 'local') {
      const { user, workspace } = await readLocalUser(db, hub.workspaceId);
      return signedIn(db, { user, workspace }, now);
    }
    const { workspaceId, userId } = holder;
    const user = (await readUsers(db, workspaceId)).find(({ id }) => id === userId);
    if (!user) throw wrongCode();
    const workspace = await readWorkspace(db, workspaceId);
    return signedIn(db, { user, workspace }, now);
  },

  async signOut({ db, session }) {
    await revokeToken(db, session);
    return undefined;
  },

  async me({ db, session: { workspaceId, user } }) {
    return { user, workspace: await readWorkspace(db, workspaceId) };
  },
};

async function signedIn(db: WriteTransaction, { user, workspace }: Me, now: Date) {
  const token = await issueToken(db, workspace.id, user.id, now);
  await noteAudit(db, workspace.id, { action: 'signIn', byUserId: user.id, at: now });
  return { token, user, workspace };
}

const wrongCode = () =>
  new ProblemError(
    'signed-out',
    'This code is wrong, too old, or was used already. Each code is good for one sign-in: take the one the hub printed last, or have an administrator make one.',
  );
