import { i18n } from '#i18n';
import type { Agreement } from '../../../utils/contract/agreement.ts';
import type { User } from '../../../utils/contract/session.ts';
import { panelCommands } from '../../../utils/queries/panel-commands.ts';
import { failureOf } from '../../../utils/queries/unwrap.ts';
import {
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
import { AgreementCalendars } from './agreement-calendars.tsx';
import { AgreementFigures } from './agreement-figures.tsx';
import { AgreementHead } from './agreement-head.tsx';
import { AgreementProfile } from './agreement-profile.tsx';
import { AgreementReasons } from './agreement-reasons.tsx';
import { AgreementSla } from './agreement-sla.tsx';
import { AgreementStages } from './agreement-stages.tsx';
import { AgreementVersions } from './agreement-versions.tsx';
import { AgreementWords } from './agreement-words.tsx';
import styles from './agreement-view.module.css';
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
  const me = connection?.me.user;

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
          me={me}
          actions={actions}
        />
      ))}
      <AgreementHead agreement={agreement} />
      <AgreementContents canPropose={mayPropose(me)} />
      <Document agreement={agreement} />
      {versions.data && <AgreementVersions versions={versions.data} />}
      {mayPropose(me) && <ProposeForm inForce={agreement.version} actions={actions} />}
    </div>
  );
}

const mayPropose = ({ role }: User) => role !== 'rep';

function Document({ agreement }: { agreement: Agreement }) {
  return (
    <>
      <AgreementStages agreement={agreement} />
      <AgreementReasons agreement={agreement} />
      <AgreementSla agreement={agreement} />
      <AgreementCalendars agreement={agreement} />
      <AgreementFigures agreement={agreement} />
      <AgreementProfile agreement={agreement} />
      <AgreementWords agreement={agreement} />
    </>
  );
}
