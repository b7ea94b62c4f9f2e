import {
  type InfiniteData,
  keepPreviousData,
  type QueryClient,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { type RefObject, useCallback, useEffect } from 'react';
import type { FeedbackFilter, FeedbackOrder } from '../contract/inbox.ts';
import { type InboxPage, mergePage } from '../domain/inbox-pages.ts';
import { oneAtATime } from '../domain/one-at-a-time.ts';
import { onNotice } from '../extension/send-message.ts';
import { hub } from './hub.ts';
import { keys } from './keys.ts';
import { useLive } from './use-live.ts';
import { unwrap } from './unwrap.ts';

/** Marketing sees a click within seconds (DESIGN §2): while changes do not come in by themselves, what is on the screen is read again so often. */
const POLL_MS = 3000;
const PAGE = 100;

export interface InboxQuery extends FeedbackFilter {
  order: FeedbackOrder;
}
type Pages = InfiniteData<InboxPage, string | null>;

/**
 * Feedback of a filter, by pages. When something has changed only the first page, the last one and those on the
 * screen (`shownRef`, by their numbers) are read again: somebody may have scrolled through a hundred.
 */
export function useInbox(asked: InboxQuery, shownRef: RefObject<readonly number[]>) {
  const client = useQueryClient();
  const query = useInfiniteQuery({
    queryKey: keys.inbox(asked),
    queryFn: ({ pageParam }) => readPage(asked, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    // To compare ten thousand items with themselves takes longer than to draw what is on the screen.
    structuralSharing: false,
  });
  const { refetch } = query;
  const refresh = useCallback(
    () => readAgain(client, asked, shownRef.current).catch(() => refetch()),
    [client, asked, shownRef, refetch],
  );
  useRefresh(refresh);
  return query;
}

/** How much there is by campaign and reason, and what waits in all. */
export const useFeedbackGroups = (filter: FeedbackFilter) =>
  useQuery({
    queryKey: keys.feedbackGroups(filter),
    queryFn: async () => unwrap(await hub.feedbackGroups({ query: filter })),
    // Another view's numbers stand until its own are there: nothing jumps.
    placeholderData: keepPreviousData,
    refetchInterval: useLive() ? false : POLL_MS,
    refetchIntervalInBackground: false,
  });

async function readPage({ ...query }: InboxQuery, cursor: string | null): Promise<InboxPage> {
  return unwrap(
    await hub.listFeedback({ query: { ...query, limit: PAGE, ...(cursor !== null && { cursor }) } }),
  );
}

async function readAgain(client: QueryClient, asked: InboxQuery, shown: readonly number[]): Promise<void> {
  const queryKey = keys.inbox(asked);
  const before = client.getQueryData<Pages>(queryKey);
  if (!before) throw new Error('There is nothing to read again');
  const last = before.pages.length - 1;
  const numbers = [...new Set([0, ...shown, last])].filter((number) => number <= last);
  const fresh = await Promise.all(
    numbers.map(
      async (number) => [number, await readPage(asked, before.pageParams[number] ?? null)] as const,
    ),
  );
  client.setQueryData<Pages>(queryKey, (now) => {
    if (!now) return now;
    const pages = [...now.pages];
    for (const [number, page] of fresh) {
      const old = pages[number];
      if (old) pages[number] = mergePage(old, page, asked.order);
    }
    return { ...now, pages };
  });
}

/** Refreshes when the hub says so, or every few seconds while it does not; one at a time. */
function useRefresh(refresh: () => Promise<unknown>): void {
  const live = useLive();
  useEffect(() => {
    const run = oneAtATime(refresh);
    const stop = onNotice((notice) => {
      if (notice.notice === 'hub.changed' && notice.kind === 'feedback') void run();
    });
    const timer = live ? undefined : setInterval(() => document.hidden || void run(), POLL_MS);
    return () => {
      stop();
      clearInterval(timer);
    };
  }, [live, refresh]);
}
