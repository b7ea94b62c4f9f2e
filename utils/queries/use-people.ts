import { keepPreviousData, skipToken, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { JourneyKind } from '../contract/people-search.ts';
import { hub } from './hub.ts';
import { keys } from './keys.ts';
import { unwrap } from './unwrap.ts';

/** Fewer letters would find half the workspace. */
export const MIN_SEARCH = 2;

/** People by words of their names, companies and addresses, by pages. What is looked for stays in memory. */
export const usePeopleSearch = (text: string) =>
  useInfiniteQuery({
    queryKey: keys.peopleFound(text),
    queryFn:
      text.length < MIN_SEARCH
        ? skipToken
        : async ({ pageParam }) =>
            unwrap(
              await hub.searchPeople({ body: { text, ...(pageParam !== null && { cursor: pageParam }) } }),
            ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    // The last answer stays while somebody types on; what nobody looks at is forgotten soon.
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });

/** What the panel shows of a lead, by their id. */
export const usePersonContext = (id: string) =>
  useQuery({
    queryKey: keys.personContext(id),
    queryFn: async () => unwrap(await hub.personContext({ params: { id } })),
  });

/** Everything that happened to somebody, or one kind of it, by pages. */
export const useJourney = (id: string, kind: JourneyKind | undefined) =>
  useInfiniteQuery({
    queryKey: keys.journey(id, kind ?? 'all'),
    queryFn: async ({ pageParam }) =>
      unwrap(
        await hub.journey({
          params: { id },
          query: { ...(kind && { kind }), ...(pageParam !== null && { cursor: pageParam }) },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
