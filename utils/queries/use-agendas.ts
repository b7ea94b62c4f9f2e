import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { v7 as uuidv7 } from 'uuid';
import type { AgendaChange } from '../contract/agenda.ts';
import { hub } from './hub.ts';
import { keys } from './keys.ts';
import { useLive } from './use-live.ts';
import { unwrap } from './unwrap.ts';

/** Others work on it in the same meeting; so often it is read while changes do not come in by themselves. */
const POLL_MS = 5_000;

/** Agendas that were kept, the latest month first. */
export const useAgendas = () =>
  useQuery({
    queryKey: keys.agendaList,
    queryFn: async () => unwrap(await hub.agendas()).agendas,
    refetchInterval: useLive() ? false : POLL_MS,
  });

/** One agenda, as the hub has it. */
export const useAgenda = (id: string) =>
  useQuery({
    queryKey: keys.agenda(id),
    queryFn: async () => unwrap(await hub.agenda({ params: { id } })),
    refetchInterval: useLive() ? false : POLL_MS,
  });

/** Makes agendas and keeps changes of them. Each fails with a `FailureError` that says why. */
export function useAgendaActions() {
  const client = useQueryClient();
  const make = useMutation({
    mutationFn: async (month: string) => unwrap(await hub.createAgenda({ body: { id: uuidv7(), month } })),
    onSuccess: (agenda) => {
      client.setQueryData(keys.agenda(agenda.id), agenda);
      return client.invalidateQueries({ queryKey: keys.agendaList });
    },
  });
  const save = useMutation({
    mutationFn: async ({ id, ...body }: AgendaChange & { id: string }) =>
      unwrap(await hub.changeAgenda({ params: { id }, body })),
    onSuccess: (agenda) => {
      client.setQueryData(keys.agenda(agenda.id), agenda);
      return client.invalidateQueries({ queryKey: keys.agendaList });
    },
    // Somebody else was faster: what they made of it is read, and goes together with ours.
    onError: (_, { id }) => client.invalidateQueries({ queryKey: keys.agenda(id) }),
  });
  return { make, save };
}

export const newAgendaId = () => uuidv7();
