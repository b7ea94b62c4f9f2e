import { sql } from 'kysely';
import type { HandOver, HandOverPatch, NewFollowUp } from '../../utils/contract/hand-over.ts';
import type { User } from '../../utils/contract/session.ts';
import {
  assignHandOver,
  type HandOverRecord,
  pauseHandOver,
  resumeHandOver,
} from '../hand-overs/hand-over-record.ts';
import { CLOCK_SKEW_MS, noteContacts } from '../hand-overs/note-contacts.ts';
import { readSalesUser, setOwner } from '../hand-overs/sales-users.ts';
import { lockHandOver, lockLatest, readHandOver, saveHandOvers } from '../hand-overs/store.ts';
import { followAlias } from '../merging/merges.ts';
import { noteNamed } from '../merging/note-named.ts';
import type { Handlers } from '../operation.ts';
import { ProblemError } from '../problem.ts';
import { lockPeople } from '../qualification/lock-people.ts';
import type { WriteTransaction } from '../store/database.ts';
import { findPeople } from '../store/find-people.ts';

const DAY = 24 * 60 * 60_000;
/** Each may cut a span of working time in two, and a clock has at most a thousand. */
const MAX_PAUSES = 100;

export const handOverHandlers: Pick<Handlers, 'createFollowUp' | 'patchHandOver'> = {
  async createFollowUp({ db, session: { workspaceId, user }, body, now }) {
    const at = new Date(body.at);
    if (at.getTime() > now.getTime() + CLOCK_SKEW_MS) throw invalid('/at', 'must not lie in the future');
    const personId = await findPerson(db, workspaceId, body.person);
    if (personId === null) throw new ProblemError('not-found', 'There is no such lead, or not any more.');

    const report = { id: body.id, personId, at, seen: body.seen, user };
    const known = await readFollowUp(db, workspaceId, report);
    if (known) {
      const { handOverId } = known;
      return { handOver: handOverId === null ? null : await readHandOver(db, workspaceId, handOverId) };
    }
    const handOver = await follow(db, workspaceId, report, now);
    await insertFollowUp(db, workspaceId, { ...report, handOverId: handOver?.id ?? null, now });
    await noteNamed(db, workspaceId, 'follow_ups', [{ key: [body.id], personId, named: body.person }]);
    return { handOver };
  },

  async patchHandOver({ db, session: { workspaceId, user }, params, body, now }) {
    const record = await lockHandOver(db, workspaceId, params.id);
    if (!record) throw new ProblemError('not-found', 'There is no such hand-over.');
    if (record.document.outcome !== undefined) {
      throw new ProblemError('conflict', 'This hand-over is closed already; nothing runs any more.');
    }
    requireRight(record, body, user);
    const changed = await applyPatch(db, workspaceId, record, { body, user, now });
    if (changed !== record) await saveHandOvers(db, workspaceId, [changed], now);
    return changed.document;
  },
};

interface Report {
  id: string;
  personId: string;
  at: Date;
  seen: NewFollowUp['seen'];
  user: User;
}

/** The hand-over that the report is for: the one it stopped, or else the open one. */
async function follow(
  tx: WriteTransaction,
  workspaceId: string,
  { personId, at, seen, user }: Report,
  now: Date,
): Promise<HandOver | null> {
  // The promise is sales' own: what marketing sends keeps it no more than a newsletter does.
  if (user.team === 'sales') {
    await lockPeople(tx, workspaceId, [personId]);
    const by = { id: user.id, name: user.name };
    const followed = (await noteContacts(tx, workspaceId, [{ personId, at, seen, by }], now)).get(personId);
    if (followed !== undefined) return readHandOver(tx, workspaceId, followed);
  }
  const [latest] = await lockLatest(tx, workspaceId, [personId]);
  return latest && latest.document.outcome === undefined ? latest.document : null;
}

async function applyPatch(
  tx: WriteTransaction,
  workspaceId: string,
  record: HandOverRecord,
  { body, user, now }: { body: HandOverPatch; user: User; now: Date },
): Promise<HandOverRecord> {
  switch (body.change) {
    case 'pause': {
      const { reason, until, comment } = body;
      requirePause(record, body, now);
      const by = { id: user.id, name: user.name };
      return pauseHandOver(record, {
        from: now.toISOString(),
        to: until,
        reason,
        by,
        ...(comment && { comment }),
      });
    }
    case 'resume':
      return resumeHandOver(record, now);
    case 'assign': {
      if (record.document.to?.id === body.to) return record;
      const to = await readSalesUser(tx, workspaceId, body.to);
      if (!to) throw invalid('/to', 'must be somebody of sales');
      await setOwner(tx, workspaceId, record.personId, to.id);
      return assignHandOver(record, to, now);
    }
  }
}

/** Sales, managers of either side and admins; a rep gives a lead to nobody but themselves. */
function requireRight({ document }: HandOverRecord, patch: HandOverPatch, user: User): void {
  if (user.role === 'admin' || user.role === 'manager') return;
  const concerned = user.team === 'sales' || document.to?.id === user.id;
  if (!concerned) throw new ProblemError('forbidden', 'This is for sales, managers and admins.');
  if (patch.change === 'assign' && patch.to !== user.id) {
    throw new ProblemError(
      'forbidden',
      'You can take a lead; a manager or an admin gives it to somebody else.',
    );
  }
}

function requirePause(
  { document, terms }: HandOverRecord,
  { reason, until }: Extract<HandOverPatch, { change: 'pause' }>,
  now: Date,
): void {
  if (!terms.pauseReasons.includes(reason)) {
    throw invalid('/reason', 'is no pause reason of the agreement this hand-over was made under');
  }
  const length = Date.parse(until) - now.getTime();
  if (length <= 0) throw invalid('/until', 'must lie in the future');
  if (length > terms.longestPauseDays * DAY) {
    throw invalid('/until', `must be at most ${terms.longestPauseDays} days ahead, as the agreement says`);
  }
  if (document.pauses.length >= MAX_PAUSES) {
    throw new ProblemError('conflict', `This hand-over was paused ${MAX_PAUSES} times already.`);
  }
}

async function findPerson(
  tx: WriteTransaction,
  workspaceId: string,
  person: NewFollowUp['person'],
): Promise<string | null> {
  if ('id' in person) {
    const { rows } = await sql<{ id: string }>`
      select p.id from people p
      where p.workspace_id = ${workspaceId} and p.id = ${await followAlias(tx, workspaceId, person.id)}
        and p.archived_at is null`.execute(tx);
    return rows[0]?.id ?? null;
  }
  const { rows } = await sql<{ personId: string | null }>`
    select n.person_id as "personId" from (${findPeople(workspaceId, [person])}) n`.execute(tx);
  return rows[0]?.personId ?? null;
}

/** What was stored under the report's id; null when it is new. Throws `conflict` when it was another report. */
async function readFollowUp(
  tx: WriteTransaction,
  workspaceId: string,
  { id, personId, at, seen, user }: Report,
) {
  const { rows } = await sql<{ handOverId: string | null; same: boolean }>`
    select f.hand_over_id as "handOverId", f.person_id = ${personId} and f.at = ${at.toISOString()}
      and f.seen = ${seen} and f.by_user_id = ${user.id} as same
    from follow_ups f where f.workspace_id = ${workspaceId} and f.id = ${id}`.execute(tx);
  if (rows[0]?.same === false) {
    throw new ProblemError('conflict', 'Another follow-up has this id already. Make a new id for every one.');
  }
  return rows[0] ?? null;
}

async function insertFollowUp(
  tx: WriteTransaction,
  workspaceId: string,
  { id, personId, at, seen, user, handOverId, now }: Report & { handOverId: string | null; now: Date },
): Promise<void> {
  await sql`
    insert into follow_ups (workspace_id, id, person_id, at, seen, by_user_id, received_at, hand_over_id)
    values (${workspaceId}, ${id}, ${personId}, ${at.toISOString()}, ${seen}, ${user.id}, ${now.toISOString()},
      ${handOverId})
    on conflict do nothing`.execute(tx);
}

const invalid = (pointer: string, detail: string) =>
  new ProblemError('invalid', 'Wrong in the body; see errors.', [{ pointer, detail }]);
