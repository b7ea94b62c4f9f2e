import { queryOptions, skipToken, useQuery } from '@tanstack/react-query';
import { recordIndexText } from '../domain/lead-hash.ts';
import type { LeadOnPage } from '../extension/messages.ts';
import { sendMessage } from '../extension/send-message.ts';
import { keys } from './keys.ts';

/** Who is on the page of this tab, or of one that is named; `null` data: no lead. */
export const useSession = (tabId?: number) => useQuery(sessionQuery(tabId));

export const sessionQuery = (tabId?: number) =>
  queryOptions({
    queryKey: keys.session(tabId),
    queryFn: () => sendMessage('panel.session', ofTab(tabId)),
    // What was heard while nobody showed it may be outdated.
    refetchOnMount: 'always',
  });

const ofTab = (tabId: number | undefined) => (tabId === undefined ? {} : { tabId });

/**
 * What is known about one lead of this tab's session: the answer, or the failure to show instead.
 * Stays pending while no lead is chosen.
 */
export const useLeadContext = (tabId: number | undefined, lead: LeadOnPage | undefined) =>
  useQuery({
    queryKey: keys.context(tabId ?? -1, lead?.key ?? '', identityOf(lead)),
    queryFn: lead ? () => sendMessage('context.get', { key: lead.key, ...ofTab(tabId) }) : skipToken,
    // Coming back to a lead shows the last answer at once and asks for the present one.
    staleTime: 0,
  });

const identityOf = (lead: LeadOnPage | undefined) =>
  lead?.record ? (recordIndexText(lead.record) ?? '') : (lead?.email ?? '');

/** The agreement in force, for labels and definitions. */
export const useAgreement = () =>
  useQuery({ queryKey: keys.agreement, queryFn: () => sendMessage('agreement.get') });

/** Writes of this browser that wait, were refused, or were delivered lately. */
export const useOutbox = () => useQuery({ queryKey: keys.outbox, queryFn: () => sendMessage('outbox.list') });

/** The hub this browser is signed in to; `null` data: signed out. */
export const useConnection = () =>
  useQuery({ queryKey: keys.connection, queryFn: () => sendMessage('connection.get') });
