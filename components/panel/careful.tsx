import { i18n } from '#i18n';
import type { LeadContext } from '../../utils/contract/lead-context.ts';
import { Ban, TriangleAlert } from '../ui/icons.ts';
import { format } from '../ui/language.ts';
import { UserText } from '../ui/user-text.tsx';
import styles from './careful.module.css';

/** What the rep must not overlook before writing or calling; nothing at all when there is nothing. */
export function Careful({ context: { doNotContact, consents } }: { context: LeadContext }) {
  const refusals = consents.filter(({ state }) => state !== 'granted');
  if (!doNotContact && refusals.length === 0) return null;
  return (
    <section
      className={styles.careful}
      data-severe={doNotContact !== undefined}
      aria-label={i18n.t('careful.label')}
    >
      {doNotContact && (
        <div className={styles.line}>
          <Ban size={16} aria-hidden />
          <div>
            <p className={styles.title}>{i18n.t('careful.doNotContact')}</p>
            <div className={styles.detail}>
              <UserText text={doNotContact.reason} lines={3} />{' '}
              <span>{i18n.t('careful.since', { date: format().date(doNotContact.since) })}</span>
            </div>
          </div>
        </div>
      )}
      {refusals.map(({ channel, state, since }) => (
        <div key={channel} className={styles.line}>
          <TriangleAlert size={16} aria-hidden />
          <div>
            <p className={styles.title}>
              {i18n.t(`careful.${state === 'denied' ? 'denied' : 'withdrawn'}.${channel}`)}
            </p>
            <p className={styles.detail}>{i18n.t('careful.since', { date: format().date(since) })}</p>
          </div>
        </div>
      ))}
    </section>
  );
}
