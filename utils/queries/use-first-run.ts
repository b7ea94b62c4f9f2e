import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FirstRunStep } from '../extension/messages.ts';
import { sendMessage } from '../extension/send-message.ts';
import { keys } from './keys.ts';

/** How far the first run has come. */
export const useFirstRun = () =>
  useQuery({ queryKey: keys.firstRun, queryFn: () => sendMessage('first-run.get') });

/** Goes to a step, at once on this page, and keeps it. */
export function useGoToStep(): (step: FirstRunStep) => void {
  const client = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: (step: FirstRunStep) => sendMessage('first-run.set', { step }),
    onMutate: (step) => client.setQueryData(keys.firstRun, step),
  });
  return mutate;
}

/** Mailboxes that the user may want to name. */
export const useSuggestedMailboxes = () =>
  useQuery({ queryKey: keys.suggestedMailboxes, queryFn: () => sendMessage('mailboxes.suggest') });
