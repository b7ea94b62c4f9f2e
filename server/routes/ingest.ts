import type { BatchResult } from '../../utils/contract/ingest.ts';
import type { Hub } from '../hub.ts';
import type { Handlers } from '../operation.ts';
import { storePeople } from '../store/people.ts';
import { storeOffers, storePlannedTouches } from '../store/planned.ts';
import { storeTouchpoints } from '../store/touchpoints.ts';

export const ingestHandlers: Pick<
  Handlers,
  'ingestPeople' | 'ingestTouchpoints' | 'ingestPlannedTouches' | 'ingestOffers'
> = {
  ingestPeople: ({ hub, db, session, body, now }) =>
    counted(hub, 'people', storePeople(db, session.workspaceId, body.people, now)),

  ingestTouchpoints: ({ hub, db, session, body, now }) =>
    counted(hub, 'touchpoints', storeTouchpoints(db, session.workspaceId, body.touchpoints, now)),

  ingestPlannedTouches: ({ hub, db, session, body }) =>
    counted(hub, 'planned-touches', storePlannedTouches(db, session.workspaceId, body.plannedTouches)),

  ingestOffers: ({ hub, db, session, body }) =>
    counted(hub, 'offers', storeOffers(db, session.workspaceId, body.offers)),
};

async function counted(hub: Hub, kind: string, storing: Promise<BatchResult>): Promise<BatchResult> {
  const result = await storing;
  hub.metrics.ingested(kind, result);
  return result;
}
