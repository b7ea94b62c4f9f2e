import type { Handlers } from '../operation.ts';
import { startRotation } from '../store/lead-keys.ts';

export const leadKeyHandlers: Pick<Handlers, 'rotateLeadKey'> = {
  rotateLeadKey: ({ db, session }) => startRotation(db, session.workspaceId),
};
