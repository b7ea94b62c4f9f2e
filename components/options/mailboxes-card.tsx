import { i18n } from '../ui/i18n.ts';
import { normaliseEmail } from '../../utils/domain/email.ts';
import { Card } from '../ui/card.tsx';
import { Lock } from '../ui/icons.ts';
import { UserName } from '../ui/user-text.tsx';
import { EntryList } from './entry-list.tsx';
import styles from './mailboxes-card.module.css';

interface Props {
  /** The workspace's domains; absent while signed out. */
  domains: readonly string[] | undefined;
  mailboxes: readonly string[];
  onChange: (mailboxes: string[]) => Promise<unknown>;
}

/** Where the panel may work. */
export function MailboxesCard({ domains, mailboxes, onChange }: Props) {
  return (
    <Card
      anchor="mailboxes"
      title={i18n.t('options.mailboxes.title')}
      text={i18n.t('options.mailboxes.text')}
    >
      <div className={styles.always}>
        <h3 className={styles.title}>{i18n.t('options.mailboxes.always')}</h3>
        {domains && domains.length > 0 ? (
          <ul className={styles.domains}>
            {domains.map((domain) => (
              <li key={domain} className={styles.domain}>
                <Lock size={12} aria-hidden />
                <UserName text={`@${domain}`} />
              </li>
            ))}
          </ul>
        ) : (
          <p className={styles.none}>{i18n.t('options.mailboxes.noneAlways')}</p>
        )}
      </div>
      <EntryList
        title={i18n.t('options.mailboxes.own')}
        label={i18n.t('options.mailboxes.add')}
        placeholder={i18n.t('options.mailboxes.placeholder')}
        empty={i18n.t('options.mailboxes.empty')}
        invalid={i18n.t('options.mailboxes.invalid')}
        entries={mailboxes}
        parse={normaliseEmail}
        onChange={onChange}
      />
    </Card>
  );
}
