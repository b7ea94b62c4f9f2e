import { previewMappings } from '../mapping/preview-mappings.ts';
import { readStatuses, writeMappings } from '../mapping/status-mappings.ts';
import type { Handlers } from '../operation.ts';

export const sourceStatusHandlers: Pick<Handlers, 'sourceStatuses' | 'previewStatuses' | 'putStatuses'> = {
  async sourceStatuses({ db, session: { workspaceId }, params: { system } }) {
    return readStatuses(db, workspaceId, system);
  },

  async previewStatuses({ db, session: { workspaceId }, params: { system }, body: { mappings } }) {
    return previewMappings(db, workspaceId, system, mappings);
  },

  async putStatuses({ db, session: { workspaceId }, params: { system }, body: { mappings } }) {
    await writeMappings(db, workspaceId, system, mappings);
    return readStatuses(db, workspaceId, system);
  },
};
