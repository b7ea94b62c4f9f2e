import { AgreementDocument, type AgreementVersion } from '../../utils/contract/agreement.ts';
import { reject, sign } from '../agreement/decide.ts';
import { parseDocument } from '../agreement/parse-document.ts';
import { previewAgreement } from '../agreement/preview.ts';
import { INVALID, propose, toError } from '../agreement/propose.ts';
import { writeDocument } from '../agreement/write-document.ts';
import type { Handlers } from '../operation.ts';
import { ProblemError } from '../problem.ts';
import { readAgreement, readRawDocument, readVersion, readVersions } from '../store/agreements.ts';
import type { Database } from '../store/database.ts';

export const agreementHandlers: Pick<
  Handlers,
  | 'agreement'
  | 'agreementVersions'
  | 'agreementText'
  | 'previewAgreement'
  | 'proposeAgreement'
  | 'signAgreement'
  | 'rejectAgreement'
> = {
  agreement: ({ db, session }) => readAgreement(db, session.workspaceId),

  async agreementVersions({ db, session }) {
    return { versions: await readVersions(db, session.workspaceId) };
  },

  async agreementText({ db, session, params: { version }, query: { format } }) {
    const stored = await readRawDocument(db, session.workspaceId, version);
    if (stored === undefined) throw unknownVersion();
    // Parsed for the order of its keys; one of an older shape is shown as it is.
    const parsed = AgreementDocument.safeParse(stored);
    return { text: writeDocument(parsed.success ? parsed.data : stored, format) };
  },

  async previewAgreement({ db, session: { workspaceId }, body: { text, format }, now }) {
    const { document, issues } = parseDocument(text, format, now);
    // Told by its place: who edits in a form sees no lines.
    if (!document)
      throw new ProblemError(
        'invalid',
        INVALID,
        issues.map(({ path, message }) => toError({ path, message })),
      );
    return previewAgreement(db, workspaceId, document, now);
  },

  async proposeAgreement({ db, session: { workspaceId, user }, body, now }) {
    return existing(db, workspaceId, await propose(db, workspaceId, body, user, now));
  },

  async signAgreement({ db, session: { workspaceId, user: by }, params: { version }, now }) {
    await sign(db, { workspaceId, version, by, now });
    return existing(db, workspaceId, version);
  },

  async rejectAgreement({ db, session: { workspaceId, user: by }, params: { version }, body, now }) {
    await reject(db, { workspaceId, version, by, now }, body.comment);
    return existing(db, workspaceId, version);
  },
};

const unknownVersion = () => new ProblemError('not-found', 'There is no such version of the agreement.');

async function existing(db: Database, workspaceId: string, version: number): Promise<AgreementVersion> {
  const found = await readVersion(db, workspaceId, version);
  if (!found) throw unknownVersion();
  return found;
}
