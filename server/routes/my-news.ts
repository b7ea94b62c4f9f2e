import { readNews } from '../news/read-news.ts';
import type { Handlers } from '../operation.ts';

/** Whoever was away for longer wants no notifications about it. */
const LONGEST_MS = 7 * 24 * 60 * 60_000;
/** What was written at `until` may have become visible after it. */
const OVERLAP_MS = 60_000;

export const myNewsHandlers: Pick<Handlers, 'myNews'> = {
  async myNews({ db, session: { workspaceId, user }, query: { since }, now }) {
    const until = now.toISOString();
    if (since === undefined) return { until, news: [] };
    const from = Math.max(Date.parse(since) - OVERLAP_MS, now.getTime() - LONGEST_MS);
    return { until, news: await readNews(db, { workspaceId, userId: user.id }, new Date(from), now) };
  },
};
