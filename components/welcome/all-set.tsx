import { Button } from '../ui/button.tsx';
import button from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';
import { i18n } from '../ui/i18n.ts';
import { ExternalLink, LogIn } from '../ui/icons.ts';
import styles from './all-set.module.css';

/** Where the mail sites that came with Tandem begin. */
const mailSites = [
  { name: 'Gmail', href: 'https://mail.google.com/' },
  { name: 'Outlook', href: 'https://outlook.office.com/mail/' },
];

interface Props {
  connected: boolean;
  onConnect: () => void;
  onLook: () => void;
}

/** What to do now. */
export function AllSet({ connected, onConnect, onLook }: Props) {
  return (
    <Card
      title={i18n.t(connected ? 'welcome.done.title' : 'welcome.done.titleAlone')}
      text={i18n.t(connected ? 'welcome.done.text' : 'welcome.done.textAlone')}
    >
      <div className={styles.ways}>
        {!connected && (
          <Button look="primary" icon={LogIn} onClick={onConnect}>
            {i18n.t('welcome.connect')}
          </Button>
        )}
        {mailSites.map(({ name, href }) => (
          <a
            key={name}
            className={`${button.button} ${connected ? button.primary : button.secondary} ${styles.link}`}
            href={href}
            target="_blank"
            rel="noreferrer"
          >
            <ExternalLink size={16} aria-hidden />
            {i18n.t('welcome.open', { site: name })}
          </a>
        ))}
        <Button look="quiet" onClick={onLook}>
          {i18n.t('welcome.again')}
        </Button>
      </div>
    </Card>
  );
}
