import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type FrontTab, watchFrontTab } from '../extension/front-tab.ts';
import { sessionQuery } from './use-panel-data.ts';

interface Shown {
  /** The tab in front; `null` until this page holds what that tab shows now. */
  front: number | null;
  /** It, and those that were in front before and are still there. */
  tabs: number[];
}

/** Follows the tab in front, for a panel that stands beside all of them. */
export function useFrontTab(): Shown {
  const client = useQueryClient();
  const [shown, setShown] = useState<Shown>({ front: null, tabs: [] });
  useEffect(() => {
    let latest: FrontTab | undefined;
    return watchFrontTab((tab) => {
      latest = tab;
      const { tabId, present } = tab;
      // Another tab's people are out of sight at once, not when an answer comes.
      setShown((before) => (before.front === tabId ? before : { ...before, front: null }));
      const show = () => {
        if (latest !== tab) return;
        setShown(({ tabs }) => ({
          front: tabId,
          tabs: [...new Set([...tabs.filter((id) => present.includes(id)), tabId])],
        }));
      };
      // A failure is for the panel to tell.
      client.fetchQuery({ ...sessionQuery(tabId), staleTime: 0 }).then(show, show);
    });
  }, [client]);
  return shown;
}
