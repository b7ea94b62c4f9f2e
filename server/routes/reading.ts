import { type Handlers, JsonText } from '../operation.ts';
import { readContexts } from '../store/contexts.ts';
import { readLeadIndex } from '../store/read-lead-index.ts';

export const readingHandlers: Pick<Handlers, 'leadIndex' | 'context'> = {
  leadIndex: ({ db, session, query }) => readLeadIndex(db, session.workspaceId, query.since),

  async context({ db, session, body, now }) {
    return new JsonText(`{"contexts":${await readContexts(db, session.workspaceId, body.queries, now)}}`);
  },
};
