import { useId, useState } from 'react';
import { i18n } from '../../ui/i18n.ts';
import type { AgreementVersion } from '../../../utils/contract/agreement.ts';
import type { User } from '../../../utils/contract/session.ts';
import type { AgreementActions } from '../../../utils/queries/use-agreements.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Check, CircleAlert, Info } from '../../ui/icons.ts';
import { format } from '../../ui/language.ts';
import { useAnnounce } from '../../ui/live-region.tsx';
import { UserText } from '../../ui/user-text.tsx';
import { AgreementChanges } from './agreement-changes.tsx';
import form from '../inbox/answer-form.module.css';
import { DownloadButton } from '../download-button.tsx';
import { ProposalPreview } from './proposal-preview.tsx';
import { ProblemBanner } from '../problem-banner.tsx';

interface Props {
  proposal: AgreementVersion;
  /** The version that holds now. */
  inForce: number;
  me: User;
  actions: AgreementActions;
}

/** A change one team wants, what exactly it changes, and the other team's answer. */
export function ProposalCard({ proposal, inForce, me, actions: { sign, reject } }: Props) {
  const announce = useAnnounce();
  const commentId = useId();
  const [comment, setComment] = useState('');
  const { version, basedOn, proposedBy, proposedAt } = proposal;
  const outdated = basedOn !== inForce;
  const isOurs = proposedBy?.team === me.team;
  const maySign = me.role === 'manager' && !isOurs && !outdated;
  const mayEnd = me.role === 'manager' || me.role === 'admin' || proposedBy?.id === me.id;
  const whyText = i18n.t(isOurs ? 'agreement.proposal.whyWithdraw' : 'agreement.proposal.whyReject');
  const busy = sign.isPending || reject.isPending;
  const error =
    (sign.variables === version && sign.error) || (reject.variables?.version === version && reject.error);
  const end = () =>
    reject.mutate(
      { version, comment: comment.trim() },
      { onSuccess: () => announce(i18n.t(isOurs ? 'agreement.withdrawn' : 'agreement.rejected')) },
    );
  return (
    <Card
      title={i18n.t('agreement.proposal.title', { version })}
      {...(proposedBy && {
        text: i18n.t(`agreement.proposal.by.${proposedBy.team}`, {
          name: proposedBy.name,
          date: format().date(proposedAt),
        }),
      })}
    >
      {proposal.comment && <UserText text={proposal.comment} />}
      <Banner tone={outdated ? 'warn' : 'info'} icon={outdated ? CircleAlert : Info}>
        {outdated
          ? i18n.t('agreement.proposal.outdated', { version: basedOn ?? 0 })
          : i18n.t(`agreement.proposal.waits.${proposedBy?.team === 'sales' ? 'marketing' : 'sales'}`)}
      </Banner>
      <AgreementChanges before={basedOn ?? inForce} after={version} />
      {!outdated && me.role !== 'rep' && <ProposalPreview version={version} />}
      {error && <ProblemBanner error={error} />}
      <div className={form.form}>
        {mayEnd && (
          <>
            <label htmlFor={commentId} className="visually-hidden">
              {whyText}
            </label>
            <textarea
              id={commentId}
              className={form.field}
              rows={1}
              dir="auto"
              maxLength={20_000}
              placeholder={whyText}
              value={comment}
              onChange={(event) => setComment(event.target.value)}
            />
          </>
        )}
        <div className={form.buttons}>
          {maySign && (
            <Button
              look="primary"
              icon={Check}
              disabled={busy}
              onClick={() =>
                sign.mutate(version, {
                  onSuccess: () => announce(i18n.t('agreement.signedDone', { version })),
                })
              }
            >
              {i18n.t('agreement.sign')}
            </Button>
          )}
          {mayEnd && (
            <Button look="danger" disabled={busy} onClick={end}>
              {i18n.t(isOurs ? 'agreement.withdraw' : 'agreement.reject')}
            </Button>
          )}
          <DownloadButton version={version} />
        </div>
      </div>
    </Card>
  );
}
