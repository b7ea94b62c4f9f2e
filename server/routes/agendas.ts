import type { Agenda } from '../../utils/contract/agenda.ts';
import { makeItems } from '../agendas/make-items.ts';
import { findAgenda, insertAgenda, listAgendas, readAgenda, updateAgenda } from '../agendas/store.ts';
import { noteChanges } from '../live/changes.ts';
import type { Handlers } from '../operation.ts';
import { ProblemError } from '../problem.ts';
import type { Database } from '../store/database.ts';

export const agendaHandlers: Pick<Handlers, 'agendas' | 'agenda' | 'createAgenda' | 'changeAgenda'> = {
  async agendas({ db, session: { workspaceId } }) {
    return { agendas: await listAgendas(db, workspaceId) };
  },

  agenda: ({ db, session: { workspaceId }, params: { id } }) => existing(db, workspaceId, id),

  async createAgenda({ db, session: { workspaceId, user }, body: { id, month }, now }) {
    const known = await findAgenda(db, workspaceId, month);
    if (known !== undefined) return existing(db, workspaceId, known);
    const items = await makeItems(db, workspaceId, month, now);
    const kept = await insertAgenda(db, workspaceId, { id, month, items }, { userId: user.id, at: now });
    if (kept === undefined) {
      throw new ProblemError('conflict', 'Another agenda has this id already. Make a new id for every one.');
    }
    noteChanges(db, 'agendas', [kept]);
    return existing(db, workspaceId, kept);
  },

  async changeAgenda({ db, session: { workspaceId, user }, params: { id }, body, now }) {
    const changed = await updateAgenda(db, workspaceId, { id, ...body }, { userId: user.id, at: now });
    const agenda = await existing(db, workspaceId, id);
    if (!changed) {
      throw new ProblemError(
        'conflict',
        `Version ${agenda.version} is the present one. Read it, and change that.`,
      );
    }
    noteChanges(db, 'agendas', [id]);
    return agenda;
  },
};

async function existing(db: Database, workspaceId: string, id: string): Promise<Agenda> {
  const found = await readAgenda(db, workspaceId, id);
  if (!found) throw new ProblemError('not-found', 'There is no such agenda.');
  return found;
}
