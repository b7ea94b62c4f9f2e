import {
  useInfiniteQuery,
  useMutation,
  useMutationState,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type {
  ImportFormat,
  ImportKind,
  ImportMapping,
  ImportProblem,
  ImportState,
} from '../contract/import.ts';
import { hub } from './hub.ts';
import { keys } from './keys.ts';
import { announceFile, sendFile } from './send-file.ts';
import { unwrap } from './unwrap.ts';

/** A bar that moves is watched; the rest changes when somebody else does something. */
const BUSY_POLL_MS = 500;
const POLL_MS = 5_000;
/** Few enough that what comes below stays in reach. */
const PAGE = 25;
const WHOLE_PAGE = 1_000;

const BUSY: ReadonlySet<ImportState> = new Set(['uploading', 'reading', 'checking', 'storing']);
/** Whether the hub, or whoever sends the file, is at it. */
export const isBusy = (state: ImportState): boolean => BUSY.has(state);

/** The latest imports, newest first. */
export const useImports = () =>
  useQuery({
    queryKey: keys.importList,
    queryFn: async () => unwrap(await hub.listImports()).imports,
    refetchInterval: POLL_MS,
  });

/** One import, and how far it is. */
export const useImport = (id: string) =>
  useQuery({
    queryKey: keys.importOf(id),
    queryFn: async () => unwrap(await hub.readImport({ params: { id } })),
    refetchInterval: ({ state: { data } }) => (data && isBusy(data.state) ? BUSY_POLL_MS : POLL_MS),
  });

/** The bad rows of the last run, by pages. */
export const useImportProblems = (id: string) =>
  useInfiniteQuery({
    queryKey: keys.importProblems(id),
    queryFn: async ({ pageParam }) =>
      unwrap(
        await hub.importProblems({
          params: { id },
          query: { limit: PAGE, ...(pageParam !== null && { cursor: pageParam }) },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

/** All bad rows of the last run. Throws a `FailureError`. */
export async function allProblems(id: string): Promise<ImportProblem[]> {
  const all: ImportProblem[] = [];
  let cursor: string | null = null;
  do {
    const query: { limit: number; cursor?: string } = {
      limit: WHOLE_PAGE,
      ...(cursor !== null && { cursor }),
    };
    const page = unwrap(await hub.importProblems({ params: { id }, query }));
    all.push(...page.problems);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return all;
}

/** The file that this page is sending to an import, or has failed to; undefined: none. */
export const useSending = (id: string) =>
  useMutationState({
    filters: {
      mutationKey: keys.sending,
      predicate: ({ state }) => (state.variables as Sending | undefined)?.id === id,
    },
    select: ({ state }) => ({
      status: state.status,
      error: state.error,
      file: (state.variables as Sending).file,
    }),
  }).at(-1);

interface Sending {
  id: string;
  file: File;
}

/** What can be done with imports. Each fails with a `FailureError` that says why. */
export function useImportActions() {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: keys.imports });
  const announce = useMutation({
    mutationFn: ({ file, kind }: { file: File; kind: ImportKind }) => announceFile(hub, file, kind),
    onSettled,
  });
  /** Goes on while the user looks at something else on this page. */
  const send = useMutation({
    mutationKey: keys.sending,
    mutationFn: ({ id, file }: Sending) => sendFile(hub, file, id),
    onSettled,
  });
  const reread = useMutation({
    mutationFn: async ({ id, format }: { id: string; format: ImportFormat }) =>
      unwrap(await hub.patchImport({ params: { id }, body: { format } })),
    onSettled,
  });
  const run = useMutation({
    mutationFn: async ({ id, mapping, dry }: { id: string; mapping: ImportMapping; dry: boolean }) => {
      unwrap(await hub.patchImport({ params: { id }, body: { mapping } }));
      return unwrap(await (dry ? hub.checkImport : hub.startImport)({ params: { id }, body: {} }));
    },
    onSettled,
  });
  const remove = useMutation({
    mutationFn: async (id: string) => unwrap(await hub.deleteImport({ params: { id } })),
    onSettled,
  });
  return { announce, send, reread, run, remove };
}
