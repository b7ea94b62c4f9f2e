import type { Handlers } from '../operation.ts';
import { ProblemError } from '../problem.ts';
import { readSelectorPacks, storeSelectorPack } from '../store/selector-packs.ts';

export const selectorPackHandlers: Pick<
  Handlers,
  'selectorPacks' | 'putSelectorPack' | 'deleteSelectorPack'
> = {
  async selectorPacks({ db, session }) {
    return { packs: await readSelectorPacks(db, session.workspaceId) };
  },

  async putSelectorPack({ db, session: { workspaceId, user }, params: { site }, body: { selectors }, now }) {
    const version = await storeSelectorPack(db, workspaceId, { site, selectors, byUserId: user.id, at: now });
    if (version === null) throw new Error('A pack with selectors was not stored.');
    return { site, selectors, version, at: now.toISOString(), by: { id: user.id, name: user.name } };
  },

  async deleteSelectorPack({ db, session: { workspaceId, user }, params: { site }, now }) {
    const removal = { site, selectors: null, byUserId: user.id, at: now };
    if ((await storeSelectorPack(db, workspaceId, removal)) === null) {
      throw new ProblemError('not-found', 'There is no selector pack for this site.');
    }
  },
};
