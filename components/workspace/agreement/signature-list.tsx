import { i18n } from '../../ui/i18n.ts';
import type { Signature } from '../../../utils/contract/agreement.ts';
import { Check } from '../../ui/icons.ts';
import { format } from '../../ui/language.ts';
import { UserName } from '../../ui/user-text.tsx';
import styles from './signature-list.module.css';

/** Who has signed, for which team, when. */
export function SignatureList({ signatures }: { signatures: readonly Signature[] }) {
  return (
    <ul className={styles.list} aria-label={i18n.t('agreement.signatures')}>
      {signatures.map(({ team, by, at }) => (
        <li key={team} className={styles.signature} data-team={team}>
          <Check size={14} aria-hidden className={styles.sign} />
          <span className={styles.text}>
            <UserName text={i18n.t(`agreement.signed.${team}`, { name: by.name })} />
          </span>
          <time dateTime={at} title={format().moment(at)} className={styles.date}>
            {format().date(at)}
          </time>
        </li>
      ))}
    </ul>
  );
}
