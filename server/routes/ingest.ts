import type { Handlers } from '../operation.ts';
import { storePeople } from '../store/people.ts';
import { storeTouchpoints } from '../store/touchpoints.ts';

export const ingestHandlers: Pick<Handlers, 'ingestPeople' | 'ingestTouchpoints'> = {
  ingestPeople: ({ db, session, body, now }) => storePeople(db, session.workspaceId, body.people, now),

  ingestTouchpoints: ({ db, session, body, now }) =>
    storeTouchpoints(db, session.workspaceId, body.touchpoints, now),
};
