import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { LocalText } from '../../utils/contract/primitives.ts';
import { SETTLE_MS } from '../deliveries/note-events.ts';
import type { Hub } from '../hub.ts';
import { noteChanges } from '../live/changes.ts';
import type { Database, WriteTransaction } from '../store/database.ts';

/** Longer than any attempt may take. */
const LEASE_MS = 120_000;

/** One that this process has for a while. */
export interface ClaimedWriteBack {
  feedbackId: string;
  system: string;
  lease: string;
  /** With this one. */
  attempts: number;
  /** Which state of the feedback: what is written of an earlier one is not the last word. */
  revision: number;
  remoteId: string | null;
}

/** The systems that take feedback. */
const writable = ({ sources: { connectors } }: Pick<Hub, 'sources'>) =>
  connectors.filter((connector) => connector.writeFeedback !== undefined).map(({ id }) => id);

/**
 * Notes, in the transaction that stores feedback on a lead or changes it, that the systems which know the lead are to be
 * told, once it cannot be taken back any more. Other feedback is nothing to them.
 */
export async function queueWriteBacks(
  hub: Pick<Hub, 'sources'>,
  tx: WriteTransaction,
  workspaceId: string,
  { feedbackId, now }: { feedbackId: string; now: Date },
): Promise<void> {
  const systems = writable(hub);
  if (systems.length === 0) return;
  await sql`
    insert into write_backs as w (workspace_id, feedback_id, system, person_id, state, revision, attempts, tried, due_at)
    select ${workspaceId}::uuid, f.id, s.system, f.person_id, 'waiting', 1, 0, false, ${dueAt(now)}::timestamptz
    from feedback f
    join sources s on s.workspace_id = ${workspaceId} and s.system = any(${systems}::text[])
    where f.workspace_id = ${workspaceId} and f.id = ${feedbackId} and f.about_kind = 'lead'
      and s.enabled and s.write_feedback
      and exists (
        select 1 from person_external_ids x
        where x.workspace_id = ${workspaceId} and x.person_id = f.person_id and x.system = s.system)
    on conflict (workspace_id, feedback_id, system) do update
      set state = 'waiting', revision = w.revision + 1, attempts = 0, due_at = excluded.due_at`.execute(tx);
}

/** The same when the author takes feedback back: a system that knows nothing of it yet is told nothing. */
export async function queueWithdrawal(
  tx: WriteTransaction,
  workspaceId: string,
  { feedbackId, now }: { feedbackId: string; now: Date },
): Promise<void> {
  await sql`
    delete from write_backs w
    where w.workspace_id = ${workspaceId} and w.feedback_id = ${feedbackId} and not w.tried`.execute(tx);
  await sql`
    update write_backs w set state = 'waiting', revision = w.revision + 1, attempts = 0, due_at = ${dueAt(now)}
    where w.workspace_id = ${workspaceId} and w.feedback_id = ${feedbackId}`.execute(tx);
}

const dueAt = (now: Date) => new Date(now.getTime() + SETTLE_MS).toISOString();

/**
 * Takes one that is due, unless another hub is at it, and counts the attempt. Should this process die, it is due again
 * when the lease ends. Systems that have enough under way are left out.
 */
export async function claimWriteBack(
  hub: Pick<Hub, 'sources'>,
  db: Database,
  workspaceId: string,
  { busySystems, now }: { busySystems: readonly string[]; now: Date },
): Promise<ClaimedWriteBack | null> {
  const at = now.toISOString();
  const { rows } = await sql<ClaimedWriteBack>`
    update write_backs w set attempts = w.attempts + 1, tried = true, lease = ${uuid()},
      lease_until = ${new Date(now.getTime() + LEASE_MS).toISOString()}
    where w.workspace_id = ${workspaceId} and (w.feedback_id, w.system) = (
      select q.feedback_id, q.system from write_backs q
      join sources s on s.workspace_id = ${workspaceId} and s.system = q.system
      where q.workspace_id = ${workspaceId} and q.state = 'waiting' and q.due_at <= ${at}
        and (q.lease_until is null or q.lease_until <= ${at})
        and s.enabled and s.write_feedback
        and q.system = any(${writable(hub)}::text[]) and q.system <> all (${busySystems}::text[])
      order by q.due_at limit 1
      for update of q skip locked)
    returning w.feedback_id as "feedbackId", w.system, w.lease, w.attempts, w.revision,
      w.remote_id as "remoteId"`.execute(db);
  return rows[0] ?? null;
}

/** What becomes of a claimed one. */
export type Settlement =
  | { state: 'written'; remoteId: string | null }
  | { state: 'dead'; problem: LocalText }
  | { state: 'waiting'; problem: LocalText; dueAt: Date };

/**
 * Writes that down, unless the lease had ended and somebody else has it. Of feedback that was changed meanwhile only what
 * the system calls it is remembered: it is still to be written.
 */
export async function settleWriteBack(
  tx: WriteTransaction,
  workspaceId: string,
  { feedbackId, system, lease, revision }: ClaimedWriteBack,
  settlement: Settlement,
  now: Date,
): Promise<void> {
  const remoteId = settlement.state === 'written' ? settlement.remoteId : null;
  const { numAffectedRows } = await sql`
    update write_backs w set lease = null, lease_until = null, remote_id = coalesce(${remoteId}::text, w.remote_id)
    where w.workspace_id = ${workspaceId} and w.feedback_id = ${feedbackId} and w.system = ${system}
      and w.lease = ${lease}`.execute(tx);
  if (numAffectedRows !== 1n) return;
  const problem = settlement.state === 'written' ? null : JSON.stringify(settlement.problem);
  const next = (settlement.state === 'waiting' ? settlement.dueAt : now).toISOString();
  await sql`
    update write_backs w set state = ${settlement.state}, due_at = ${next}, problem = ${problem}::text::json,
      written_at = case when ${settlement.state === 'written'}::boolean then ${now.toISOString()}::timestamptz
        else w.written_at end
    where w.workspace_id = ${workspaceId} and w.feedback_id = ${feedbackId} and w.system = ${system}
      and w.revision = ${revision}`.execute(tx);
  await noteShown(tx, workspaceId, feedbackId);
}

/** Drops one of which there is nothing to write any more. */
export async function dropWriteBack(
  tx: WriteTransaction,
  workspaceId: string,
  { feedbackId, system, lease, revision }: ClaimedWriteBack,
): Promise<void> {
  await sql`
    delete from write_backs w
    where w.workspace_id = ${workspaceId} and w.feedback_id = ${feedbackId} and w.system = ${system}
      and w.lease = ${lease} and w.revision = ${revision}`.execute(tx);
  await noteShown(tx, workspaceId, feedbackId);
}

/** The panel and the inbox show what became of it. */
async function noteShown(tx: WriteTransaction, workspaceId: string, feedbackId: string): Promise<void> {
  const { rows } = await sql<{ personId: string }>`
    select f.person_id as "personId" from feedback f
    where f.workspace_id = ${workspaceId} and f.id = ${feedbackId} and f.person_id is not null`.execute(tx);
  noteChanges(tx, 'feedback', [feedbackId]);
  noteChanges(
    tx,
    'person',
    rows.map(({ personId }) => personId),
  );
}
