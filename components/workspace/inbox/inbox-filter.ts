import type { FeedbackFilter, FeedbackOrder } from '../../../utils/contract/inbox.ts';
import type { InboxQuery } from '../../../utils/queries/use-inbox.ts';

export const tabs = ['all', 'open', 'overdue', 'asked', 'praise', 'done', 'withdrawn'] as const;
export type Tab = (typeof tabs)[number];
export const subjects = ['lead', 'campaign', 'planned-touch'] as const;

/** What of the inbox is shown, as its address says it: it can be sent to somebody as it is. */
export interface InboxFilter {
  tab: Tab;
  /** What the groups beside the list are made by. */
  by: 'campaign' | 'reason';
  /** The group that is chosen; `none`: of what has no campaign, or no reason. */
  campaignId?: string | undefined;
  reason?: string | undefined;
  about?: (typeof subjects)[number] | undefined;
  order: FeedbackOrder;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;

/** What nobody knows is left out, so that an old address shows more rather than nothing. */
export function parseFilter(query: URLSearchParams): InboxFilter {
  const among = <T extends string>(name: string, known: readonly T[]) =>
    known.find((value) => value === query.get(name));
  const campaignId = query.get('campaign');
  const reason = query.get('reason');
  const about = among('about', subjects);
  return {
    tab: among('view', tabs) ?? 'all',
    by: among('by', ['campaign', 'reason']) ?? 'campaign',
    order: among('order', ['newest', 'oldest']) ?? 'newest',
    ...(campaignId !== null && (campaignId === 'none' || UUID.test(campaignId)) && { campaignId }),
    ...(reason !== null && reason !== '' && reason.length <= 64 && { reason }),
    ...(about && { about }),
  };
}

/** What is as always stays out of the address. */
export function writeFilter({ tab, by, order, campaignId, reason, about }: InboxFilter): URLSearchParams {
  const given = {
    view: tab === 'all' ? undefined : tab,
    by: by === 'campaign' ? undefined : by,
    campaign: campaignId,
    reason,
    about,
    order: order === 'newest' ? undefined : order,
  };
  return new URLSearchParams(
    Object.entries(given).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
}

/** What the list asks the hub for. */
export const listQuery = ({ campaignId, reason, order, ...filter }: InboxFilter): InboxQuery => ({
  ...groupQuery({ order, ...filter }),
  order,
  ...(campaignId !== undefined && { campaignId }),
  ...(reason !== undefined && { reason }),
});

/** The same without the group that is chosen: the others are to stay in sight. */
export const groupQuery = ({ tab, about }: InboxFilter): FeedbackFilter => ({
  ...(tab === 'withdrawn' ? { state: 'withdrawn' as const } : tab !== 'all' && { view: tab }),
  ...(about && { about }),
});
