import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { v7 as uuidv7 } from 'uuid';
import type { FeedbackState } from '../contract/feedback.ts';
import type { Failure, Result } from '../extension/failure.ts';
import { hub } from './hub.ts';
import { keys } from './keys.ts';

/** An expected failure as an error, because a list keeps its last good pages when an error follows. */
export class InboxError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.kind);
    this.failure = failure;
  }
}

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new InboxError(result.error);
  return result.value;
}

/** Marketing sees a click within seconds (DESIGN §2): the pages on screen are read again so often. */
const POLL_MS = 3000;
const PAGE = 25;

/** Feedback newest first, by pages; refetched every few seconds while the page is visible. */
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
    refetchInterval: POLL_MS,
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
