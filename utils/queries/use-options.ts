import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { requestNotifications } from '../extension/grant.ts';
import type { RequestOf, Settings } from '../extension/messages.ts';
import { sendMessage } from '../extension/send-message.ts';
import { keys } from './keys.ts';

export const useSettings = () =>
  useQuery({ queryKey: keys.settings, queryFn: () => sendMessage('settings.get') });

export const useDiagnostics = () =>
  useQuery({ queryKey: keys.diagnostics, queryFn: () => sendMessage('diagnostics.list') });

/** What may be passed on to somebody who helps; put together when it is asked for. */
export const useSupportReport = () =>
  useQuery({
    queryKey: keys.supportReport,
    queryFn: () => sendMessage('diagnostics.report'),
    staleTime: 0,
  });
export const readSupportReport = () => sendMessage('diagnostics.report');

/** The keys of the browser's that reach us. Read again when the user comes back, perhaps from changing them. */
export const useShortcuts = () =>
  useQuery({
    queryKey: keys.shortcuts,
    queryFn: () => sendMessage('shortcuts.list'),
    refetchOnWindowFocus: 'always',
  });
/** Whether the browser may show notifications of ours. */
export const useNotificationsAllowed = () =>
  useQuery({
    queryKey: keys.notificationsAllowed,
    queryFn: () => sendMessage('notifications.allowed'),
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
  const allowNotifications = useMutation({
    mutationFn: requestNotifications,
    onSuccess: readAgain(keys.notificationsAllowed),
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
  return { saveSettings, signIn, signOut, allowNotifications, deleteEverything };
}
