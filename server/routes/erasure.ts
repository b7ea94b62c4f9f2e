import { noteAudit } from '../audit/audit-events.ts';
import { erasePerson } from '../erasure/erase-person.ts';
import { exportPerson } from '../erasure/export-person.ts';
import { liftTombstones } from '../erasure/tombstones.ts';
import type { Handlers } from '../operation.ts';
import { ProblemError } from '../problem.ts';

export const erasureHandlers: Pick<Handlers, 'exportPerson' | 'erasePerson' | 'liftErasure'> = {
  async exportPerson({ db, session: { workspaceId }, params: { id }, now }) {
    const found = await exportPerson(db, workspaceId, id, now);
    if (!found) throw nobody();
    return found;
  },

  async erasePerson({ db, session: { workspaceId, user }, params: { id: personId }, now }) {
    const subjectId = await erasePerson(db, workspaceId, { personId, now, tombstone: true });
    if (subjectId === null) throw nobody();
    await noteAudit(db, workspaceId, { action: 'erasePerson', byUserId: user.id, subjectId, at: now });
    return undefined;
  },

  async liftErasure({ db, session: { workspaceId, user }, body, now }) {
    const subjectId = await liftTombstones(db, workspaceId, body);
    if (subjectId === null) return { lifted: false };
    await noteAudit(db, workspaceId, { action: 'liftErasure', byUserId: user.id, subjectId, at: now });
    return { lifted: true };
  },
};

const nobody = () => new ProblemError('not-found', 'Nobody in this workspace has this id.');
