import type { Month } from '../../utils/contract/closed-loop.ts';
import type { Handlers } from '../operation.ts';
import { readClosedLoop } from '../reports/closed-loop.ts';

export const reportHandlers: Pick<Handlers, 'closedLoop'> = {
  closedLoop: ({ db, session: { workspaceId }, query, now }) =>
    readClosedLoop(db, workspaceId, periodOf(query, now), now),
};

/** The months that are asked for; by default the twelve that end with this one. */
export function periodOf(query: { from?: Month | undefined; to?: Month | undefined }, now: Date) {
  const to = query.to ?? latest(monthsBefore(now, 0), query.from);
  return { from: query.from ?? yearTo(to), to };
}

const monthsBefore = (time: Date, months: number): Month =>
  new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth() - months)).toISOString().slice(0, 7);

/** The first of the twelve months that end with this one. */
const yearTo = (month: Month) => monthsBefore(new Date(`${month}-01T00:00:00.000Z`), 11);

const latest = (month: Month, other: Month = month) => (month > other ? month : other);
