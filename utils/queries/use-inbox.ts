import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { v7 as uuidv7 } from 'uuid';
import type { FeedbackState } from '../contract/feedback.ts';
import { hub } from './hub.ts';
import { keys } from './keys.ts';
import { useLive } from './use-live.ts';
import { unwrap } from './unwrap.ts';

/** Marketing sees a click within seconds (DESIGN §2): while changes do not come in by themselves, what is on the screen is read again so often. */
const POLL_MS = 3000;
const PAGE = 25;

/** Feedback newest first, by pages; read again when it changes. */
export const useInbox = (state: FeedbackState | undefined) =>
  useInfiniteQuery({
    queryKey: keys.inbox(state ?? 'all'),
    queryFn: async ({ pageParam }) =>
      unwrap(
        await hub.listFeedback({
          query: { limit: PAGE, ...(state && { state }), ...(pageParam !== null && { cursor: pageParam }) },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: useLive() ? false : POLL_MS,
    refetchIntervalInBackground: false,
  });

/** What marketing does with feedback; the lists are read again when it is done. */
export function useInboxActions() {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: keys.inboxes });
  const mark = useMutation({
    mutationFn: async ({ id, state }: { id: string; state: 'seen' | 'acted' }) =>
      unwrap(await hub.patchFeedback({ params: { id }, body: { state } })),
    onSettled,
  });
  const reply = useMutation({
    // The id is made once per draft, so that sending again after a lost answer has one effect.
    mutationFn: async ({ id, replyId, text }: { id: string; replyId: string; text: string }) =>
      unwrap(
        await hub.replyToFeedback({ params: { id }, body: { id: replyId, text }, idempotencyKey: replyId }),
      ),
    onSettled,
  });
  return { mark, reply };
}

export const newReplyId = () => uuidv7();
