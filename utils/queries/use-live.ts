import { useQuery } from '@tanstack/react-query';
import { WATCH_MS } from '../extension/live-watch.ts';
import { sendMessage } from '../extension/send-message.ts';
import { keys } from './keys.ts';

/**
 * Lets changes at the hub come in while this page is on the screen; false while they do not, and have to be
 * asked for.
 */
export const useLive = (): boolean =>
  useQuery({
    queryKey: keys.live,
    queryFn: () => sendMessage('live.watch'),
    refetchInterval: WATCH_MS,
    refetchIntervalInBackground: false,
    // Back on the screen: it may have been away for longer than it was waited for.
    refetchOnWindowFocus: 'always',
  }).data === true;
