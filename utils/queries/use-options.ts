import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RequestOf, Settings } from '../extension/messages.ts';
import { sendMessage } from '../extension/send-message.ts';
import { keys } from './keys.ts';

export const useSettings = () =>
  useQuery({ queryKey: keys.settings, queryFn: () => sendMessage('settings.get') });

export const useDiagnostics = () =>
  useQuery({ queryKey: keys.diagnostics, queryFn: () => sendMessage('diagnostics.list') });

/** The keys of the browser's that reach us. Read again when the user comes back, perhaps from changing them. */
export const useShortcuts = () =>
  useQuery({
    queryKey: keys.shortcuts,
    queryFn: () => sendMessage('shortcuts.list'),
    refetchOnWindowFocus: 'always',
  });
export const openShortcuts = () => sendMessage('shortcuts.open');

/** Changes of the settings and of the connection; what shows them is read again. */
export function useOptionsActions() {
  const client = useQueryClient();
  const readAgain = (queryKey: readonly string[]) => () => client.invalidateQueries({ queryKey });
  const saveSettings = useMutation({
    mutationFn: (settings: Settings) => sendMessage('settings.set', settings),
    // A choice must not jump back while it is saved, nor the next one take it back.
    onMutate: (settings) => {
      const before = client.getQueryData(keys.settings);
      client.setQueryData(keys.settings, settings);
      return before;
    },
    onError: (_error, _settings, before) => client.setQueryData(keys.settings, before),
    onSettled: readAgain(keys.settings),
  });
  const signIn = useMutation({
    mutationFn: (request: RequestOf<'connection.sign-in'>) => sendMessage('connection.sign-in', request),
    onSuccess: readAgain(keys.connection),
  });
  const signOut = useMutation({
    mutationFn: () => sendMessage('connection.sign-out'),
    onSuccess: readAgain(keys.connection),
  });
  const deleteEverything = useMutation({
    mutationFn: async () => {
      // What pages keep, which all share: drafts and habits.
      localStorage.clear();
      sessionStorage.clear();
      await sendMessage('data.delete');
    },
    onSuccess: () => client.resetQueries(),
  });
  return { saveSettings, signIn, signOut, deleteEverything };
}
