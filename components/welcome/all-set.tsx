import type { User } from '../../utils/contract/session.ts';
import { answersFeedback } from '../../utils/domain/answers-feedback.ts';
import button from '../ui/button.module.css';
import { Button } from '../ui/button.tsx';
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
  /** Absent while signed out. */
  me: User | undefined;
  onConnect: () => void;
  onLook: () => void;
}

/** What to do now: of the ways on, the first is the one most will want. */
export function AllSet({ me, onConnect, onLook }: Props) {
  const marketing = me !== undefined && answersFeedback(me);
  const pages = [
    ...(marketing ? [{ name: i18n.t('inbox.title'), href: '/workspace.html#inbox' }] : []),
    ...mailSites,
  ];
  return (
    <Card title={i18n.t(me ? 'welcome.done.title' : 'welcome.done.titleAlone')} text={textFor()}>
      <div className={styles.ways}>
        {!me && (
          <Button look="primary" icon={LogIn} onClick={onConnect}>
            {i18n.t('welcome.connect')}
          </Button>
        )}
        {pages.map(({ name, href }, index) => (
          <a
            key={href}
            className={[
              button.button,
              me && index === 0 ? button.primary : button.secondary,
              styles.link,
            ].join(' ')}
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

  function textFor() {
    if (!me) return i18n.t('welcome.done.textAlone');
    return i18n.t(marketing ? 'welcome.done.textMarketing' : 'welcome.done.text');
  }
}
