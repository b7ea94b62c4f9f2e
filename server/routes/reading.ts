import { type Handlers, JsonText } from '../operation.ts';
import { readContexts } from '../store/contexts.ts';
import { readLeadIndex } from '../store/lead-index.ts';
import { readAgreement } from '../store/workspaces.ts';

export const readingHandlers: Pick<Handlers, 'agreement' | 'leadIndex' | 'context'> = {
  agreement: ({ db, session }) => readAgreement(db, session.workspaceId),

  leadIndex: ({ db, session, query }) => readLeadIndex(db, session.workspaceId, query.since),

  async context({ db, session, body, now }) {
    return new JsonText(`{"contexts":${await readContexts(db, session.workspaceId, body.queries, now)}}`);
  },
};
