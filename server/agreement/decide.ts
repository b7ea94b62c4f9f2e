import { sql } from 'kysely';
import type { AgreementVersion } from '../../utils/contract/agreement.ts';
import type { User } from '../../utils/contract/session.ts';
import { ProblemError } from '../problem.ts';
import { lockAgreements, readDocument, readVersion } from '../store/agreements.ts';
import type { WriteTransaction } from '../store/database.ts';
import { insertRows } from '../store/insert-rows.ts';
import { comeIntoForce } from './come-into-force.ts';
import { noteChanges } from '../live/changes.ts';

/** A proposal, and the manager who decides on it. */
interface Decision {
  workspaceId: string;
  version: number;
  by: User;
  now: Date;
}

/**
 * Signs a proposal for the other team, which brings it into force. Signing again changes nothing.
 *
 * @throws ProblemError `not-found`; `forbidden` for the side that has signed already: nobody signs for both;
 *   `conflict` when it is no proposal any more, was written against another version than the one in force,
 *   or has expired meanwhile.
 */
export async function sign(tx: WriteTransaction, decision: Decision): Promise<void> {
  const { workspaceId, version, by, now } = decision;
  const found = await lockVersion(tx, decision);
  if (found.signatures.some(({ by: { id }, team }) => id === by.id && team === by.team && found.inForceSince))
    return;
  requireProposal(found);
  if (found.signatures.some(({ by: { id }, team }) => team === by.team || id === by.id)) {
    throw new ProblemError('forbidden', 'Your side has signed this. The other side has to sign it, too.');
  }
  const base = found.basedOn === null ? null : await readVersion(tx, workspaceId, found.basedOn);
  if (base?.state !== 'in-force') {
    throw new ProblemError(
      'conflict',
      'Another version has come into force since this was written. Propose it anew against that.',
    );
  }
  const document = await readDocument(tx, workspaceId, version);
  if (!document || Date.parse(document.validUntil) <= now.getTime()) {
    throw new ProblemError('conflict', 'This proposal has expired. Propose it anew with another end.');
  }
  await insertRows(tx, workspaceId, 'agreement_signatures', [
    { version, team: by.team, by_user_id: by.id, at: now.toISOString() },
  ]);
  await comeIntoForce(tx, workspaceId, version, now);
}

/**
 * Rejects a proposal of the other team, or withdraws one of one's own. Doing so again changes nothing.
 *
 * @throws ProblemError `not-found`; `forbidden` for others than its author and managers; `conflict` when it
 *   is no proposal any more.
 */
export async function reject(
  tx: WriteTransaction,
  decision: Decision,
  comment: string | undefined,
): Promise<void> {
  const { workspaceId, version, by, now } = decision;
  const found = await lockVersion(tx, decision);
  if (found.rejected?.by.id === by.id) return;
  requireProposal(found);
  if (by.role === 'marketer' && found.proposedBy?.id !== by.id) {
    throw new ProblemError('forbidden', 'Only its author and managers may end a proposal.');
  }
  await sql`
    update agreements a set state = 'rejected', rejected_by = ${by.id}, rejected_at = ${now.toISOString()},
      rejected_comment = ${comment ?? null}
    where a.workspace_id = ${workspaceId} and a.version = ${version}`.execute(tx);
  noteChanges(tx, 'agreement', 'any');
}

async function lockVersion(
  tx: WriteTransaction,
  { workspaceId, version }: Decision,
): Promise<AgreementVersion> {
  await lockAgreements(tx, workspaceId);
  const found = await readVersion(tx, workspaceId, version);
  if (!found) throw new ProblemError('not-found', 'There is no such version of the agreement.');
  return found;
}

function requireProposal({ state }: AgreementVersion): void {
  if (state === 'proposal') return;
  throw new ProblemError('conflict', `This version is no proposal any more, it is ${state}.`);
}
