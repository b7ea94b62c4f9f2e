import type { Handlers } from '../operation.ts';
import { storePeople } from '../store/people.ts';
import { storeOffers, storePlannedTouches } from '../store/planned.ts';
import { storeTouchpoints } from '../store/touchpoints.ts';

export const ingestHandlers: Pick<
  Handlers,
  'ingestPeople' | 'ingestTouchpoints' | 'ingestPlannedTouches' | 'ingestOffers'
> = {
  ingestPeople: ({ db, session, body, now }) => storePeople(db, session.workspaceId, body.people, now),

  ingestTouchpoints: ({ db, session, body, now }) =>
    storeTouchpoints(db, session.workspaceId, body.touchpoints, now),

  ingestPlannedTouches: ({ db, session, body }) =>
    storePlannedTouches(db, session.workspaceId, body.plannedTouches),

  ingestOffers: ({ db, session, body }) => storeOffers(db, session.workspaceId, body.offers),
};
