import type { ReactNode } from 'react';
import { i18n } from '../ui/i18n.ts';
import type { StageState } from '../../utils/contract/stage.ts';
import facts from '../ui/facts.module.css';
import { TriangleAlert } from '../ui/icons.ts';
import { format, localText } from '../ui/language.ts';
import { stageIcons } from '../ui/stage-icons.ts';
import { stageLabel } from '../ui/stage-label.ts';
import { UserName } from '../ui/user-text.tsx';
import { shortName } from './clock-view.ts';
import { FollowUpClock } from './follow-up-clock.tsx';
import { useLead } from './lead-scope.ts';
import { StageDefinition } from './stage-definition.tsx';
import { StagePath } from './stage-path.tsx';
import styles from './status.module.css';

/** Where the lead stands: the agreed stage, since when, by whom, the source's own word for it, and the clock. */
export function Status({ children }: { children: ReactNode }) {
  const { context, agreement } = useLead();
  const { stage, since, by, reason, agreementVersion } = context.stage;
  const reasonLabel = agreement?.reasons.find(({ id }) => id === reason)?.label;
  const StageIcon = stageIcons[stage];
  return (
    <section
      className={styles.status}
      data-part="status"
      data-stage={stage}
      aria-label={i18n.t('status.label')}
    >
      <StagePath stage={stage} agreement={agreement} />
      <div className={styles.stage} data-off-path={stage === 'recycled' || stage === 'disqualified'}>
        <StageIcon size={16} aria-hidden />
        <h2 className={styles.label}>
          <UserName text={stageLabel(stage, agreement)} lines={3} />
        </h2>
        <StageDefinition stage={stage} agreement={agreement} />
      </div>
      <p className={facts.facts}>
        <time dateTime={since} title={format().moment(since)}>
          {i18n.t('status.since', { date: format().date(since) })}
        </time>
        <span>{byText(by)}</span>
        {reasonLabel && <span>{localText(reasonLabel)}</span>}
        {context.agreement.expired ? (
          <span className={styles.expired}>
            <TriangleAlert size={12} aria-hidden />
            {i18n.t('status.versionExpired', { version: agreementVersion })}
          </span>
        ) : (
          <span>{i18n.t('status.version', { version: agreementVersion })}</span>
        )}
      </p>
      <SourceWord />
      {context.handOver && <FollowUpClock handOver={context.handOver} />}
      {children}
    </section>
  );
}

/** The source's own word for the stage, and what it stands for. */
function SourceWord() {
  const { stage, sources } = useLead().context;
  const { sourceStatus } = stage;
  if (!sourceStatus) return null;
  const { system, value, mappedTo } = sourceStatus;
  const label = sources.find((source) => source.system === system)?.label ?? system;
  return (
    <p className={facts.facts}>
      <span>
        {i18n.t('status.source', { system: label })}:{' '}
        <q className={styles.source}>{<UserName text={value} />}</q>
      </span>
      {mappedTo !== stage.stage && (
        <span>
          {mappedTo === null
            ? i18n.t('status.standsForNothing')
            : i18n.t('status.standsFor', { stage: i18n.t(`stage.short.${mappedTo}`) })}
        </span>
      )}
    </p>
  );
}

/** Who moved a lead, after "since …". */
export function byText({ kind, id, name }: StageState['by']): string {
  switch (kind) {
    case 'person':
      return i18n.t('status.byPerson', { name: shortName(name) });
    case 'rule':
      return id === 'agreement'
        ? i18n.t('status.byAgreement')
        : i18n.t('status.byRule', { name: shortName(name) });
    case 'system':
      return i18n.t('status.bySystem', { name: shortName(name) });
  }
}
