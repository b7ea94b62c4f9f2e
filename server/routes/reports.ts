import type { Month } from '../../utils/contract/closed-loop.ts';
import type { Handlers } from '../operation.ts';
import { readClosedLoop } from '../reports/closed-loop.ts';

export const reportHandlers: Pick<Handlers, 'closedLoop'> = {
  closedLoop: ({ db, session: { workspaceId }, query, now }) => {
    const to = query.to ?? latest(monthsBefore(now, 0), query.from);
    return readClosedLoop(db, workspaceId, { from: query.from ?? yearTo(to), to }, now);
  },
};

const monthsBefore = (time: Date, months: number): Month =>
  new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth() - months)).toISOString().slice(0, 7);

/** The first of the twelve months that end with this one. */
const yearTo = (month: Month) => monthsBefore(new Date(`${month}-01T00:00:00.000Z`), 11);

const latest = (month: Month, other: Month = month) => (month > other ? month : other);
