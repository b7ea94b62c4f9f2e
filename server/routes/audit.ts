import { listAudit } from '../audit/audit-events.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import type { Handlers } from '../operation.ts';

export const auditHandlers: Pick<Handlers, 'audit'> = {
  async audit({ db, session: { workspaceId }, query: { cursor, limit, ...filter } }) {
    const after = cursor === undefined ? undefined : readCursor(cursor);
    const rows = await listAudit(db, workspaceId, { ...filter, after, limit: limit + 1 });
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return { items, nextCursor: rows.length > limit && last ? writeCursor(last) : null };
  },
};
