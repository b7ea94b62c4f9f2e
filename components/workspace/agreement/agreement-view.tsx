import { useState } from 'react';
import { i18n } from '../../ui/i18n.ts';
import type { Agreement, AgreementVersion } from '../../../utils/contract/agreement.ts';
import type { Me, User } from '../../../utils/contract/session.ts';
import { panelCommands } from '../../../utils/queries/panel-commands.ts';
import { failureOf } from '../../../utils/queries/unwrap.ts';
import {
  type AgreementActions,
  useAgreementActions,
  useAgreementInForce,
  useAgreementVersions,
} from '../../../utils/queries/use-agreements.ts';
import { useConnection } from '../../../utils/queries/use-panel-data.ts';
import { Banner } from '../../ui/banner.tsx';
import { FailureScreen } from '../../ui/failure-screen.tsx';
import { CloudOff } from '../../ui/icons.ts';
import { messageName } from '../../ui/language.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { AgreementContents } from './agreement-contents.tsx';
import { AgreementHead } from './agreement-head.tsx';
import { AgreementVersions } from './agreement-versions.tsx';
import styles from './agreement-view.module.css';
import { AgreementParts } from './edit/agreement-parts.tsx';
import { DraftBar } from './edit/draft-bar.tsx';
import { DraftCard } from './edit/draft-card.tsx';
import { useAgreementDraft } from './edit/use-agreement-draft.ts';
import { Renewal } from './renewal.tsx';
import { ProposalCard } from './proposal-card.tsx';
import { ProposeForm } from './propose-form.tsx';

/** What both teams agreed on, to read first; then what somebody wants to change, and the way to do so. */
export function AgreementView() {
  const connection = useConnection().data;
  const inForce = useAgreementInForce();
  const versions = useAgreementVersions();
  const actions = useAgreementActions();
  const failure = inForce.isError ? (failureOf(inForce.error)?.kind ?? 'bug') : null;
  const agreement = inForce.data;
  const me = connection?.me;

  if (connection === null || failure === 'signed-out' || (failure && !agreement)) {
    return (
      <div className={styles.view} data-state="error">
        <FailureScreen
          kind={connection === null ? 'signed-out' : failure!}
          onRetry={() => void inForce.refetch()}
          onOpenOptions={() => void panelCommands.openOptions()}
          heading="h2"
        />
      </div>
    );
  }
  if (!agreement || !me) {
    return (
      <div className={styles.view} data-state="pending">
        <p className="visually-hidden">{i18n.t('agreement.loading')}</p>
        <Skeleton width="100%" height="8rem" />
        <Skeleton width="100%" height="20rem" />
      </div>
    );
  }
  const proposals = versions.data?.filter(({ state }) => state === 'proposal') ?? [];
  return (
    <div className={styles.view} data-state="success" data-agreement-version={agreement.version}>
      {failure && (
        <Banner tone="warn" icon={CloudOff}>
          {i18n.t(`failure.${messageName(failure)}.title`)}
        </Banner>
      )}
      {proposals.map((proposal) => (
        <ProposalCard
          key={proposal.version}
          proposal={proposal}
          inForce={agreement.version}
          me={me.user}
          actions={actions}
        />
      ))}
      <Editor agreement={agreement} versions={versions.data} me={me} actions={actions} />
    </div>
  );
}

const mayPropose = ({ role }: User) => role !== 'rep';

interface Edited {
  agreement: Agreement;
  versions: readonly AgreementVersion[] | undefined;
  me: Me;
  actions: AgreementActions;
}

/** The document with this user's draft in it, and what can be done about that. */
function Editor({ agreement, versions, me, actions }: Edited) {
  const draft = useAgreementDraft(agreement, me);
  const [reviewing, setReviewing] = useState(false);
  const editable = mayPropose(me.user);
  return (
    <>
      <AgreementHead
        agreement={agreement}
        renewal={
          <Renewal agreement={agreement} versions={versions ?? []} editable={editable} actions={actions} />
        }
      />
      <AgreementContents canPropose={editable} />
      <AgreementParts agreement={agreement} draft={draft} editable={editable} />
      {versions && <AgreementVersions versions={versions} />}
      {editable && <ProposeForm inForce={agreement.version} actions={actions} />}
      {editable && reviewing && (
        <DraftCard
          draft={draft}
          inForce={agreement.version}
          actions={actions}
          onClose={() => setReviewing(false)}
        />
      )}
      {editable && !reviewing && <DraftBar draft={draft} onReview={() => setReviewing(true)} />}
    </>
  );
}
