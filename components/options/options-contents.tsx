import { i18n } from '../ui/i18n.ts';
import styles from '../ui/contents.module.css';

export type OptionsPart =
  | 'connection'
  | 'sites'
  | 'mailboxes'
  | 'never'
  | 'sentMail'
  | 'dock'
  | 'language'
  | 'notifications'
  | 'digest'
  | 'pause'
  | 'shortcuts'
  | 'sessions'
  | 'sources'
  | 'channels'
  | 'team'
  | 'diagnostics'
  | 'delete';

/** The way to each card of a long page. */
export const OptionsContents = ({ parts }: { parts: readonly OptionsPart[] }) => (
  <nav className={styles.contents} aria-label={i18n.t('options.contents')}>
    <ul className={styles.list}>
      {parts.map((part) => (
        <li key={part}>
          <a className={styles.link} href={`#${part}`}>
            {i18n.t(`options.${part}.title`)}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);
