import { sql } from 'kysely';
import type { Merge } from '../../utils/contract/merge.ts';
import { mergePeople } from '../merging/merge-people.ts';
import { activeMergeOf, followAlias, listMerges, readMerge } from '../merging/merges.ts';
import { undoMerge } from '../merging/undo-merge.ts';
import type { Handlers } from '../operation.ts';
import { ProblemError } from '../problem.ts';
import { lockPeople } from '../qualification/lock-people.ts';
import type { Database } from '../store/database.ts';

export const mergeHandlers: Pick<Handlers, 'createMerge' | 'listMerges' | 'undoMerge'> = {
  async createMerge({ db, session: { workspaceId, user }, params, body: { otherId }, now }) {
    if (params.id === otherId) {
      throw new ProblemError('invalid', 'Wrong in the body; see errors.', [
        { pointer: '/otherId', detail: 'must be somebody else' },
      ]);
    }
    // First the locks: somebody else may be doing the same.
    await lockPeople(db, workspaceId, [params.id, otherId]);
    const keptId = await followAlias(db, workspaceId, params.id);
    const others = await followAlias(db, workspaceId, otherId);
    const merged =
      keptId === others
        ? ((await activeMergeOf(db, workspaceId, otherId)) ??
          (await activeMergeOf(db, workspaceId, params.id)))
        : await mergePeople(db, workspaceId, {
            keptId,
            otherId: others,
            by: { kind: 'person', id: user.id, name: user.name },
            at: now,
          });
    if (merged === null) throw new ProblemError('conflict', 'These are ids of one person already.');
    return existing(db, workspaceId, merged);
  },

  async listMerges({ db, session: { workspaceId }, params }) {
    const keptId = await followAlias(db, workspaceId, params.id);
    await requirePerson(db, workspaceId, keptId);
    return { merges: await listMerges(db, workspaceId, params.id) };
  },

  async undoMerge({ db, session: { workspaceId, user }, params, now }) {
    await undoMerge(db, workspaceId, { id: params.id, byUserId: user.id, at: now });
    return existing(db, workspaceId, params.id);
  },
};

async function requirePerson(db: Database, workspaceId: string, id: string): Promise<void> {
  const { rows } = await sql`
    select 1 from people p where p.workspace_id = ${workspaceId} and p.id = ${id}`.execute(db);
  if (rows.length === 0) throw new ProblemError('not-found', 'There is nobody with this id.');
}

async function existing(db: Database, workspaceId: string, id: string): Promise<Merge> {
  const merge = await readMerge(db, workspaceId, id);
  if (!merge) throw new ProblemError('not-found', 'There is no such merge.');
  return merge;
}
