import { useMutation, useQueryClient } from '@tanstack/react-query';
import { v7 as uuidv7 } from 'uuid';
import type { FeedbackPatch, NewFeedback } from '../contract/feedback.ts';
import { sendMessage } from '../extension/send-message.ts';
import { keys } from './keys.ts';

/** A click on a verdict, a praise or a hold. */
export type Click = Pick<NewFeedback, 'about' | 'verdict' | 'reasons' | 'basedOn'>;

/**
 * What the user can do with feedback on one lead. Each resolves once the outbox holds the write, so that
 * "saved" is only said when it is true, and with the outbox's present content already in the cache.
 */
export function useFeedbackActions(personId: string) {
  const client = useQueryClient();
  const outboxRead = () => client.invalidateQueries({ queryKey: keys.outbox });
  const create = useMutation({
    mutationFn: async (click: Click) => {
      const id = uuidv7();
      const body = { ...click, id, clientTime: new Date().toISOString() };
      await sendMessage('outbox.add', { id, feedbackId: id, personId, write: { kind: 'create', body } });
      return id;
    },
    onSuccess: outboxRead,
  });
  const patch = useMutation({
    mutationFn: ({ feedbackId, patch }: { feedbackId: string; patch: FeedbackPatch }) =>
      sendMessage('outbox.add', {
        id: uuidv7(),
        feedbackId,
        personId,
        write: { kind: 'patch', body: patch },
      }),
    onSuccess: outboxRead,
  });
  const reply = useMutation({
    mutationFn: ({ feedbackId, text }: { feedbackId: string; text: string }) => {
      const id = uuidv7();
      return sendMessage('outbox.add', {
        id,
        feedbackId,
        personId,
        write: { kind: 'reply', body: { id, text } },
      });
    },
    onSuccess: outboxRead,
  });
  const discard = useMutation({
    mutationFn: (id: string) => sendMessage('outbox.discard', { id }),
    onSuccess: outboxRead,
  });
  return { create, patch, reply, discard };
}
export type FeedbackActions = ReturnType<typeof useFeedbackActions>;
