import type { Handlers } from '../operation.ts';

export const liveHandlers: Pick<Handlers, 'live'> = {
  // A client that connects again by itself repeats its first address; the header knows better.
  live: ({ hub, session, query, headers }) => hub.live.open(session, headers['last-event-id'] ?? query.since),
};
