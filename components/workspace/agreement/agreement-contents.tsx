import { i18n } from '../../ui/i18n.ts';
import styles from '../../ui/contents.module.css';

const parts = [
  'stages',
  'reasons',
  'sla',
  'calendars',
  'targets',
  'profile',
  'words',
  'versions',
  'propose',
] as const;

/** Links to the parts of a long page. */
export function AgreementContents({ canPropose }: { canPropose: boolean }) {
  return (
    <nav className={styles.contents} aria-label={i18n.t('agreement.contents')}>
      <ul className={styles.list}>
        {parts
          .filter((part) => part !== 'propose' || canPropose)
          .map((part) => (
            <li key={part}>
              <a href={`#agreement-${part}`} className={styles.link}>
                {i18n.t(`agreement.${part}.title`)}
              </a>
            </li>
          ))}
      </ul>
    </nav>
  );
}
