import { type Handlers, JsonText } from '../operation.ts';
import { readJourney } from '../people/read-journey.ts';
import { findLiving } from '../people/find-living.ts';
import { searchPeople } from '../people/search-people.ts';
import { ProblemError } from '../problem.ts';
import { readPersonContext } from '../store/contexts.ts';

export const peopleHandlers: Pick<Handlers, 'searchPeople' | 'personContext' | 'journey'> = {
  async searchPeople({ hub, db, session: { workspaceId, user }, body, now }) {
    const found = await searchPeople(db, workspaceId, body);
    const seen = found.people.map(({ id }) => id);
    hub.personViews.note({ workspaceId, userId: user.id }, seen, now);
    return found;
  },

  async personContext({ hub, db, session: { workspaceId, user }, params, now }) {
    const personId = await findLiving(db, workspaceId, params.id);
    const context = personId && (await readPersonContext(db, workspaceId, personId, now));
    if (!personId || !context) throw nobody();
    hub.personViews.note({ workspaceId, userId: user.id }, [personId], now);
    return new JsonText(context);
  },

  async journey({ hub, db, session: { workspaceId, user }, params, query, now }) {
    const personId = await findLiving(db, workspaceId, params.id);
    if (!personId) throw nobody();
    hub.personViews.note({ workspaceId, userId: user.id }, [personId], now);
    return new JsonText(await readJourney(db, workspaceId, { personId, ...query }));
  },
};

const nobody = () => new ProblemError('not-found', 'There is nobody with this id, or not any more.');
