import type { ReactNode } from 'react';
import { i18n } from '#i18n';
import type { Agreement } from '../../utils/contract/agreement.ts';
import type { SourceStatus } from '../../utils/contract/lead-context.ts';
import type { StageState } from '../../utils/contract/stage.ts';
import { format, localText } from '../ui/language.ts';
import { stageIcons } from '../ui/stage-icons.ts';
import { UserName } from '../ui/user-text.tsx';
import { StageDefinition } from './stage-definition.tsx';
import { StagePathView } from './stage-path-view.tsx';
import styles from './status.module.css';

interface Props {
  state: StageState;
  agreement: Agreement | undefined;
  sources: readonly SourceStatus[];
  /** What can be done about it. */
  children: ReactNode;
}

/** Where the lead stands: the agreed stage, since when, by whom, and the source's own word for it. */
export function Status({ state, agreement, sources, children }: Props) {
  const { stage, since, by, reason, sourceStatus } = state;
  const agreed = agreement?.stages.find((entry) => entry.stage === stage);
  const label = agreed ? localText(agreed.label) : i18n.t(`stage.name.${stage}`);
  const reasonLabel = agreement?.reasons.find(({ id }) => id === reason)?.label;
  const StageIcon = stageIcons[stage];
  return (
    <section className={styles.status} data-stage={stage} aria-label={i18n.t('status.label')}>
      <StagePathView stage={stage} label={label} />
      <div className={styles.stage} data-off-path={stage === 'recycled' || stage === 'disqualified'}>
        <StageIcon size={16} aria-hidden />
        <h2 className={styles.label}>
          <UserName text={label} lines={2} />
        </h2>
        <StageDefinition
          label={label}
          definition={agreed && localText(agreed.definition)}
          version={agreement?.version}
        />
      </div>
      <p className={styles.detail}>
        <time dateTime={since} title={format().moment(since)}>
          {i18n.t('status.since', { date: format().date(since) })}
        </time>
        <span>{byText(by)}</span>
        {reasonLabel && <span>{localText(reasonLabel)}</span>}
      </p>
      {sourceStatus && (
        <p className={styles.detail}>
          <span>
            {i18n.t('status.source', {
              system:
                sources.find(({ system }) => system === sourceStatus.system)?.label ?? sourceStatus.system,
            })}
            : <q className={styles.source}>{<UserName text={sourceStatus.value} />}</q>
          </span>
        </p>
      )}
      {children}
    </section>
  );
}

function byText({ kind, name }: StageState['by']): string {
  const short = name.length > 80 ? `${name.slice(0, 80)}…` : name;
  switch (kind) {
    case 'person':
      return i18n.t('status.byPerson', { name: short });
    case 'rule':
      return i18n.t('status.byRule', { name: short });
    case 'system':
      return i18n.t('status.bySystem', { name: short });
  }
}
