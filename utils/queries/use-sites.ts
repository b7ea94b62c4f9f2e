import { skipToken, useQuery } from '@tanstack/react-query';
import { sendMessage } from '../extension/send-message.ts';
import { keys } from './keys.ts';

/** Every site, and where it is switched on. */
export const useSites = () => useQuery({ queryKey: keys.sites, queryFn: () => sendMessage('sites.list') });

/** How reading each site went last. */
export const useSiteReports = () =>
  useQuery({ queryKey: keys.siteReports, queryFn: () => sendMessage('diagnostics.sites') });

/** The tab the user looks at, and whether Tandem works there. */
export const useHere = () => useQuery({ queryKey: keys.here, queryFn: () => sendMessage('popup.here') });

/** Who else is on a tab's page; asked for only once `tabId` is given. */
export const useOthers = (tabId: number | null) =>
  useQuery({
    queryKey: keys.others(tabId ?? -1),
    queryFn: tabId === null ? skipToken : () => sendMessage('popup.others', { tabId }),
  });
