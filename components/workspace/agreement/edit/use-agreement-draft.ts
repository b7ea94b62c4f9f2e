import { useMemo, useState } from 'react';
import { type Agreement, AgreementDocument } from '../../../../utils/contract/agreement.ts';
import type { Me } from '../../../../utils/contract/session.ts';
import { agreementChanges, type Change } from '../../../../utils/domain/agreement-changes.ts';
import { readDraft, writeDraft } from '../../../../utils/queries/agreement-draft.ts';
import { useAgreementPreview } from '../../../../utils/queries/use-agreement-preview.ts';
import { failureOf } from '../../../../utils/queries/unwrap.ts';
import { type DraftErrors, draftErrors } from './draft-errors.ts';
import type { Lens } from './lens.ts';

/** The agreement as somebody is changing it: their draft, or what is in force while they have changed nothing. */
export function useAgreementDraft(agreement: Agreement, { user, workspace }: Me) {
  const owner = `${workspace.id}:${user.id}`;
  const [draft, setDraft] = useState(() => readDraft(owner));
  const present = useMemo(() => documentOf(agreement), [agreement]);
  const document = draft?.document ?? present;
  const changes = useMemo<Change[]>(
    () => (draft ? agreementChanges(present, draft.document) : []),
    [present, draft],
  );
  const own = useMemo(() => (draft ? draftErrors(draft.document) : new Map<string, string>()), [draft]);
  const isSound = draft !== null && changes.length > 0 && own.size === 0;
  const preview = useAgreementPreview(isSound ? draft.document : null);
  const problem = isSound ? failureOf(preview.error)?.problem : undefined;
  const errors = useMemo<DraftErrors>(
    () =>
      new Map([...own, ...(problem?.errors ?? []).map(({ pointer, detail }) => [pointer, detail] as const)]),
    [own, problem],
  );

  const keep = (next: typeof draft) => {
    writeDraft(owner, next);
    setDraft(next);
  };
  const basedOn = draft?.basedOn ?? agreement.version;
  const comment = draft?.comment ?? '';
  const lens: Lens<AgreementDocument> = {
    value: document,
    path: '',
    set: (changed) => keep({ basedOn, comment, document: changed }),
  };
  return {
    document,
    changes,
    errors,
    preview,
    lens,
    basedOn,
    comment,
    setComment: (text: string) => keep({ basedOn, document, comment: text }),
    /** Goes on with another document, written against the version in force. */
    carryOver: (moved: AgreementDocument) => keep({ basedOn: agreement.version, document: moved, comment }),
    discard: () => keep(null),
  };
}
export type DraftState = ReturnType<typeof useAgreementDraft>;

/** Without what the hub says about it. */
export const documentOf = (agreement: Agreement): AgreementDocument =>
  AgreementDocument.strip().parse(agreement);
