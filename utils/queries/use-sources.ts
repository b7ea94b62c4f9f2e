import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { NewSource, Source, SourcePatch, StatusMapping } from '../contract/source.ts';
import { hub } from './hub.ts';
import { keys } from './keys.ts';
import { unwrap } from './unwrap.ts';

/** A bar that moves is watched; the rest is told by the hub, or seen a little later. */
const BUSY_POLL_MS = 1_000;
const POLL_MS = 10_000;

/** Systems that the hub can bring knowledge in from, and what it must be told of each. For administrators. */
export const useConnectors = () =>
  useQuery({
    queryKey: keys.connectors,
    queryFn: async () => unwrap(await hub.connectors()).connectors,
  });

/** Systems that the hub brings knowledge in from, and how that goes. For administrators. */
export const useSources = () =>
  useQuery({
    queryKey: keys.sources,
    queryFn: async () => unwrap(await hub.sources()).sources,
    refetchInterval: ({ state: { data } }) => (data?.some(isMoving) ? BUSY_POLL_MS : POLL_MS),
    // Back from the tab in which the hub was signed in.
    refetchOnWindowFocus: 'always',
  });

/** Whether the hub is bringing something in, or is about to. */
const isMoving = ({ state, signedIn }: Source): boolean =>
  state === 'syncing' || (state === 'new' && signedIn !== false);

/** What works at a source and what is missing: asked once it is `wanted`, and whenever it is asked again. */
export const useSourceCheck = (system: string, wanted: boolean) =>
  useQuery({
    queryKey: keys.sourceCheck(system),
    queryFn: async () => unwrap(await hub.checkSource({ params: { system }, body: {} })).findings,
    enabled: wanted,
  });

/** The statuses of a source's people, and the stage each stands for. */
export const useStatuses = (system: string) =>
  useQuery({
    queryKey: keys.statuses(system),
    queryFn: async () => unwrap(await hub.sourceStatuses({ params: { system } })).statuses,
    staleTime: 0,
  });

/** Whom these mappings would move; nothing is asked while there are none. */
export const useStatusPreview = (system: string, mappings: StatusMapping[]) =>
  useQuery({
    queryKey: keys.statusPreview(system, mappings),
    queryFn: async () => unwrap(await hub.previewStatuses({ params: { system }, body: { mappings } })),
    enabled: mappings.length > 0,
    staleTime: 0,
    placeholderData: keepPreviousData,
  });

/** What an administrator does about sources. Each fails with a `FailureError` that says why. */
export function useSourceActions() {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: keys.sources });
  const add = useMutation({
    mutationFn: async (body: NewSource) => unwrap(await hub.createSource({ body })),
    onSettled,
  });
  const change = useMutation({
    mutationFn: async ({ system, ...body }: SourcePatch & { system: string }) =>
      unwrap(await hub.patchSource({ params: { system }, body })),
    onSuccess: (_, { system, settings }) => {
      // What was found with the old settings says nothing of the new ones.
      if (settings) void client.resetQueries({ queryKey: keys.sourceCheck(system) });
    },
    onSettled,
  });
  const remove = useMutation({
    mutationFn: async (system: string) => unwrap(await hub.deleteSource({ params: { system } })),
    onSuccess: (_, system) => client.removeQueries({ queryKey: keys.sourceCheck(system) }),
    onSettled,
  });
  const sync = useMutation({
    mutationFn: async (system: string) => unwrap(await hub.syncSource({ params: { system }, body: {} })),
    onSettled,
  });
  const signIn = useMutation({
    mutationFn: async (system: string) =>
      unwrap(await hub.signInToSource({ params: { system }, body: {} })).url,
  });
  const renewSecret = useMutation({
    mutationFn: async (system: string) =>
      unwrap(await hub.rotateSourceSecret({ params: { system }, body: {} })),
    onSettled,
  });
  const map = useMutation({
    mutationFn: async ({ system, mappings }: { system: string; mappings: StatusMapping[] }) =>
      unwrap(await hub.putStatuses({ params: { system }, body: { mappings } })).statuses,
    onSuccess: (statuses, { system }) => client.setQueryData(keys.statuses(system), statuses),
    onSettled,
  });
  return { add, change, remove, sync, signIn, renewSecret, map };
}
export type SourceActions = ReturnType<typeof useSourceActions>;
