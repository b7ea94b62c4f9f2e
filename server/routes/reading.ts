import { type Handlers, JsonText } from '../operation.ts';
import { readContexts } from '../store/contexts.ts';
import { readLeadIndex } from '../store/read-lead-index.ts';

export const readingHandlers: Pick<Handlers, 'leadIndex' | 'context'> = {
  leadIndex: ({ db, session, query }) => readLeadIndex(db, session.workspaceId, query.since),

  async context({ hub, db, session: { workspaceId, user }, body, now }) {
    const { contexts, people } = await readContexts(db, workspaceId, body.queries, now);
    hub.personViews.note({ workspaceId, userId: user.id }, people, now);
    return new JsonText(`{"contexts":${contexts}}`);
  },
};
