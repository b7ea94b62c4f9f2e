import { useEffect, useId, useRef } from 'react';
import { i18n } from '../../../ui/i18n.ts';
import type { AgreementDocument } from '../../../../utils/contract/agreement.ts';
import { rebaseDocument } from '../../../../utils/domain/rebase-document.ts';
import type { AgreementActions } from '../../../../utils/queries/use-agreements.ts';
import { useAgreementDocument } from '../../../../utils/queries/use-agreements.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { CircleAlert } from '../../../ui/icons.ts';
import { useAnnounce } from '../../../ui/live-region.tsx';
import { ProblemBanner } from '../../problem-banner.tsx';
import { ChangeList } from '../agreement-changes.tsx';
import form from '../propose-form.module.css';
import { PreviewView } from './preview-view.tsx';
import type { DraftState } from './use-agreement-draft.ts';

interface Props {
  draft: DraftState;
  /** The version in force. */
  inForce: number;
  actions: AgreementActions;
  onClose: () => void;
}

/** Everything a draft changes and would mean, and the way to propose it to the other team. */
export function DraftCard({ draft, inForce, actions: { propose }, onClose }: Props) {
  const announce = useAnnounce();
  const id = useId();
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => top.current?.focus(), []);
  const { document, changes, errors, preview, basedOn, comment } = draft;
  const outdated = basedOn !== inForce;
  const send = () => {
    const why = comment.trim();
    propose.mutate(
      { basedOn, text: JSON.stringify(document), ...(why !== '' && { comment: why }) },
      {
        onSuccess: ({ version }) => {
          draft.discard();
          onClose();
          announce(i18n.t('agreement.propose.done', { version }));
        },
      },
    );
  };
  return (
    <div ref={top} tabIndex={-1} data-draft={changes.length}>
      <Card
        anchor="agreement-draft"
        title={i18n.t('agreement.edit.draft')}
        text={i18n.t('agreement.edit.text')}
      >
        {outdated && <Outdated draft={draft} inForce={inForce} />}
        <ChangeList title={i18n.t('agreement.changes.title', { version: inForce })} changes={changes} />
        {errors.size > 0 ? <Wrong errors={draft.errors} /> : <PreviewView preview={preview} />}
        <form
          className={form.form}
          onSubmit={(event) => {
            event.preventDefault();
            send();
          }}
        >
          <label htmlFor={id} className={form.label}>
            {i18n.t('agreement.propose.comment')}
          </label>
          <textarea
            id={id}
            className={form.comment}
            rows={2}
            dir="auto"
            maxLength={20_000}
            value={comment}
            onChange={({ target }) => draft.setComment(target.value)}
          />
          {propose.isError && <ProblemBanner error={propose.error} />}
          <div className={form.file}>
            <Button
              type="submit"
              look="primary"
              disabled={outdated || changes.length === 0 || errors.size > 0 || propose.isPending}
            >
              {i18n.t('agreement.propose.submit')}
            </Button>
            <Button
              look="danger"
              onClick={() => {
                draft.discard();
                onClose();
                announce(i18n.t('agreement.edit.discarded'));
              }}
            >
              {i18n.t('agreement.edit.discard')}
            </Button>
          </div>
        </form>
      </Card>
    </div>
  );
}

function Wrong({ errors }: Pick<DraftState, 'errors'>) {
  return (
    <Banner tone="bad" icon={CircleAlert}>
      {i18n.t('agreement.edit.wrong', errors.size)}
      <ul>
        {[...errors].slice(0, 10).map(([path, words]) => (
          <li key={path}>
            <code>{path.split('/').filter(Boolean).join(' › ')}</code> {words}
          </li>
        ))}
      </ul>
    </Banner>
  );
}

/** Another version has come into force meanwhile: nothing is lost, and nothing of the other team's is undone. */
function Outdated({ draft, inForce }: { draft: DraftState; inForce: number }) {
  const base = useAgreementDocument(draft.basedOn).data as AgreementDocument | undefined;
  const now = useAgreementDocument(inForce).data as AgreementDocument | undefined;
  return (
    <Banner
      tone="warn"
      icon={CircleAlert}
      action={
        <Button
          small
          disabled={!base || !now}
          onClick={() => base && now && draft.carryOver(rebaseDocument(draft.document, base, now).document)}
        >
          {i18n.t('agreement.edit.carryOver', { version: inForce })}
        </Button>
      }
    >
      {i18n.t('agreement.edit.outdated', { version: inForce, base: draft.basedOn })}
    </Banner>
  );
}
