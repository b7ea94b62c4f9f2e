import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { NewInvitation, UserPatch } from '../contract/session.ts';
import { hub } from './hub.ts';
import { keys } from './keys.ts';
import { unwrap } from './unwrap.ts';

/** Where the user is signed in. */
export const useSessions = (connected: boolean) =>
  useQuery({
    queryKey: keys.sessions,
    queryFn: async () => unwrap(await hub.sessions()).sessions,
    enabled: connected,
  });

/** Who works in the workspace; asked for administrators only. */
export const useUsers = (admin: boolean) =>
  useQuery({ queryKey: keys.users, queryFn: async () => unwrap(await hub.users()).users, enabled: admin });

/** What can be done about sessions and users. Each fails with a `FailureError` that says why. */
export function useTeamActions() {
  const client = useQueryClient();
  const readAgain = (queryKey: readonly string[]) => () => client.invalidateQueries({ queryKey });
  const endSession = useMutation({
    mutationFn: async (id: string) => unwrap(await hub.endSession({ params: { id } })),
    onSettled: readAgain(keys.sessions),
  });
  const invite = useMutation({
    mutationFn: async (body: NewInvitation) => unwrap(await hub.invite({ body })),
    onSettled: readAgain(keys.users),
  });
  const patchUser = useMutation({
    mutationFn: async ({ id, body }: { id: string; body: UserPatch }) =>
      unwrap(await hub.patchUser({ params: { id }, body })),
    onSettled: readAgain(keys.users),
  });
  const removeUser = useMutation({
    mutationFn: async (id: string) => unwrap(await hub.deactivateUser({ params: { id } })),
    onSettled: readAgain(keys.users),
  });
  const makeCode = useMutation({
    mutationFn: async (id: string) => unwrap(await hub.createSignInCode({ params: { id }, body: {} })).code,
  });
  return { endSession, invite, patchUser, removeUser, makeCode };
}
