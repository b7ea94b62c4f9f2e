import { type InfiniteData, type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { v7 as uuidv7 } from 'uuid';
import type { Feedback, NewReply } from '../contract/feedback.ts';
import type { BulkReply } from '../contract/inbox.ts';
import type { InboxPage } from '../domain/inbox-pages.ts';
import { hub } from './hub.ts';
import { keys } from './keys.ts';
import { unwrap } from './unwrap.ts';

/** What marketing does with feedback; lists show the hub's answer at once, and are read again. */
export function useInboxActions() {
  const client = useQueryClient();
  const onSuccess = (feedback: Feedback) => showChanged(client, feedback);
  const onSettled = () => client.invalidateQueries({ queryKey: keys.feedbackCounts });
  const see = useMutation({
    mutationFn: async (id: string) =>
      unwrap(await hub.patchFeedback({ params: { id }, body: { state: 'seen' } })),
    onSuccess,
    onSettled,
  });
  const reply = useMutation({
    // The id is made once per draft, so that sending again after a lost answer has one effect.
    mutationFn: async ({ feedbackId, ...body }: NewReply & { feedbackId: string }) =>
      unwrap(await hub.replyToFeedback({ params: { id: feedbackId }, body, idempotencyKey: body.id })),
    onSuccess,
    // It may have arrived all the same.
    onError: () => client.invalidateQueries({ queryKey: keys.inboxLists }),
    onSettled,
  });
  const replyToMany = useMutation({
    mutationFn: async (body: BulkReply & { key: string }) => {
      const { key: idempotencyKey, ...rest } = body;
      return unwrap(await hub.replyToMany({ body: rest, idempotencyKey }));
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.inboxes }),
  });
  return { see, reply, replyToMany };
}
export type InboxActions = ReturnType<typeof useInboxActions>;

export const newReplyId = () => uuidv7();

/** It stays where it is until the list is read again, so that nothing vanishes under the hand that changed it. */
function showChanged(client: QueryClient, feedback: Feedback): void {
  client.setQueriesData<InfiniteData<InboxPage>>(
    { queryKey: keys.inboxLists },
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page) => ({
          ...page,
          items: page.items.map((item) => (item.id === feedback.id ? feedback : item)),
        })),
      },
  );
}
