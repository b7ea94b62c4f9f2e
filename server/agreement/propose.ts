import type { AgreementDocument, NewProposal } from '../../utils/contract/agreement.ts';
import type { User } from '../../utils/contract/session.ts';
import { ProblemError } from '../problem.ts';
import { agreementRow, lockAgreements, readDocument, readVersions } from '../store/agreements.ts';
import { noteEvents } from '../deliveries/note-events.ts';
import type { WriteTransaction } from '../store/database.ts';
import { insertRows } from '../store/insert-rows.ts';
import { parseDocument, type TextIssue } from './parse-document.ts';
import { noteChanges } from '../live/changes.ts';

export const INVALID = 'This is no valid agreement; see errors.';

/**
 * Stores a change as a proposal that its author's team has signed.
 *
 * @returns the number of the new version.
 * @throws ProblemError `invalid` naming everything wrong in the document, `conflict` when it was written
 *   against another version than the one in force.
 */
export async function propose(
  tx: WriteTransaction,
  workspaceId: string,
  { text, format, basedOn, comment }: NewProposal,
  by: User,
  now: Date,
): Promise<number> {
  const { document, issues } = parseDocument(text, format, now);
  if (!document) {
    throw new ProblemError('invalid', INVALID, issues.map(toError));
  }
  await lockAgreements(tx, workspaceId);
  const versions = await readVersions(tx, workspaceId);
  const inForce = versions.find(({ state }) => state === 'in-force')?.version;
  if (inForce !== basedOn) {
    throw new ProblemError('conflict', `Version ${inForce} is in force now. Write the change against that.`);
  }
  await requireChange(tx, workspaceId, basedOn, document);

  const version = 1 + Math.max(...versions.map((each) => each.version));
  const row = { ...agreementRow(version, document, now), based_on: basedOn, proposed_by: by.id };
  await insertRows(tx, workspaceId, 'agreements', [{ ...row, comment: comment ?? null }]);
  await insertRows(tx, workspaceId, 'agreement_signatures', [
    { version, team: by.team, by_user_id: by.id, at: now.toISOString() },
  ]);
  noteChanges(tx, 'agreement', 'any');
  await noteEvents(tx, workspaceId, [{ kind: 'agreement.proposed', subject: { version } }], now);
  return version;
}

async function requireChange(
  tx: WriteTransaction,
  workspaceId: string,
  inForce: number,
  document: AgreementDocument,
): Promise<void> {
  const present = await readDocument(tx, workspaceId, inForce);
  if (JSON.stringify(present) !== JSON.stringify(document)) return;
  throw new ProblemError('invalid', 'This is what is in force already.', [
    { pointer: '', detail: 'changes nothing' },
  ]);
}

/** What is wrong in a document, as a problem tells it. */
export const toError = ({ path, message, line }: TextIssue) => ({
  pointer: path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
  detail: line === undefined ? message : `line ${line}: ${message}`,
});
