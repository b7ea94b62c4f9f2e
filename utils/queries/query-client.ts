import { notifyManager, QueryClient } from '@tanstack/react-query';

/**
 * The background keeps the data fresh and says when something changed, so nothing is refetched by itself;
 * its answers hold expected failures as values, so an error is a bug and a retry would repeat it.
 */
export function createQueryClient(): QueryClient {
  // Answers are on the screen before the next click is heard; the default waits for another task.
  notifyManager.setScheduler(queueMicrotask);
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Infinity,
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
}
