import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ChannelPatch, NewChannel } from '../contract/channel.ts';
import type { Language } from '../contract/primitives.ts';
import type { Settings } from '../extension/messages.ts';
import { languageOf } from '../extension/texts.ts';
import { hub } from './hub.ts';
import { keys } from './keys.ts';
import { unwrap } from './unwrap.ts';

/** Other systems that the hub tells of events, and what it has given up telling them. For administrators. */
export const useChannels = () =>
  useQuery({
    queryKey: keys.channels,
    queryFn: async () => {
      const [{ channels }, { deliveries }] = await Promise.all([
        hub.channels().then(unwrap),
        hub.deliveries({ query: { state: 'dead' } }).then(unwrap),
      ]);
      return { channels, dead: deliveries };
    },
  });

/** What an administrator does about them. Each fails with a `FailureError` that says why. */
export function useChannelActions() {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: keys.channels });
  const add = useMutation({
    mutationFn: async (body: Omit<NewChannel, 'includePersonalData'>) =>
      unwrap(await hub.createChannel({ body })),
    onSettled,
  });
  const change = useMutation({
    mutationFn: async ({ id, ...body }: ChannelPatch & { id: string }) =>
      unwrap(await hub.patchChannel({ params: { id }, body })),
    onSettled,
  });
  const remove = useMutation({
    mutationFn: async (id: string) => unwrap(await hub.deleteChannel({ params: { id } })),
    onSettled,
  });
  const tryOut = useMutation({
    mutationFn: async (id: string) => unwrap(await hub.testChannel({ params: { id }, body: {} })),
  });
  const retry = useMutation({
    mutationFn: async (id: string) => unwrap(await hub.retryDelivery({ params: { id }, body: {} })),
    onSettled,
  });
  return { add, change, remove, tryOut, retry };
}
export type ChannelActions = ReturnType<typeof useChannelActions>;

/** What the hub sends the user by mail. */
export const useMySettings = () =>
  useQuery({ queryKey: keys.mySettings, queryFn: async () => unwrap(await hub.mySettings()) });

/** Switches the weekly mail; from then on it is in the language of whoever did so. */
export function useSwitchDigest() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: { digest: boolean; language: Language }) =>
      unwrap(await hub.patchMySettings({ body })),
    onSuccess: (settings) => client.setQueryData(keys.mySettings, settings),
  });
}

/** Has the weekly mail come in the language the user has chosen, if it was in any before. */
export function useDigestLanguage() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (choice: Settings['language']) => {
      const before = unwrap(await hub.mySettings());
      if (before.language === null || before.language === languageOf(choice)) return before;
      return unwrap(await hub.patchMySettings({ body: { language: languageOf(choice) } }));
    },
    onSuccess: (settings) => client.setQueryData(keys.mySettings, settings),
  });
}
