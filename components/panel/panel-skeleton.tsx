import { i18n } from '../ui/i18n.ts';
import type { LeadOnPage } from '../../utils/extension/messages.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { UserName } from '../ui/user-text.tsx';
import { leadName } from './lead-name.ts';
import { StagePathView } from './stage-path-view.tsx';
import styles from './panel-skeleton.module.css';

/** The panel before the hub's answer: what page and lead index know already, in its final place. */
export function PanelSkeleton({ lead }: { lead?: LeadOnPage }) {
  return (
    <div>
      {lead ? (
        <p className="visually-hidden">{i18n.t('panel.loading')}</p>
      ) : (
        <h1 className="visually-hidden">{i18n.t('panel.loading')}</h1>
      )}
      <div className={styles.who}>
        <Skeleton width="2.5rem" height="2.5rem" />
        <div className={styles.lines}>
          {lead ? (
            <h1 className={styles.name}>
              <UserName text={leadName(lead)} />
            </h1>
          ) : (
            <Skeleton width="60%" height="calc(var(--text-xl) * 1.3)" />
          )}
          <Skeleton width="80%" />
          <Skeleton width="55%" />
          <Skeleton width="70%" />
          <Skeleton width="90%" />
        </div>
      </div>
      <div className={styles.status}>
        {lead?.stage ? <StagePathView stage={lead.stage} /> : <Skeleton height="2.5rem" />}
        <Skeleton width="50%" height="1rem" />
        <Skeleton width="70%" />
        <Skeleton height="2.25rem" />
      </div>
      <div className={styles.section}>
        <Skeleton width="40%" />
        <Skeleton height="3.5rem" />
      </div>
      <div className={styles.section}>
        <Skeleton width="55%" />
        <Skeleton height="4.5rem" />
        <Skeleton height="4.5rem" />
      </div>
    </div>
  );
}
