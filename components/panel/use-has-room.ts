import { useSyncExternalStore } from 'react';

/** Narrower than this the page has room for no more than a tab, whatever the user has chosen; a hidden frame has no width. */
const NO_ROOM = '(min-width: 1px) and (max-width: 100px)';

/** Whether the panel's frame is wide enough for the panel. */
export const useHasRoom = () => useSyncExternalStore(subscribe, () => !matchMedia(NO_ROOM).matches);

function subscribe(changed: () => void): () => void {
  const query = matchMedia(NO_ROOM);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}
