import { i18n } from '../ui/i18n.ts';
import type { SignedIn } from '../../utils/contract/session.ts';
import { Ago } from '../ui/ago.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { useAnnounce } from '../ui/live-region.tsx';
import styles from './entry-list.module.css';

interface Props {
  sessions: readonly SignedIn[];
  onEnd: (id: string) => Promise<unknown>;
}

/** Where the user is signed in, and how to end it elsewhere. */
export function SessionsCard({ sessions, onEnd }: Props) {
  const announce = useAnnounce();
  const end = (id: string) =>
    onEnd(id).then(
      () => announce(i18n.t('options.sessions.ended')),
      () => announce(i18n.t('verdict.notSaved')),
    );
  return (
    <Card anchor="sessions" title={i18n.t('options.sessions.title')} text={i18n.t('options.sessions.text')}>
      <ul className={styles.list} data-sessions>
        {sessions.map(({ id, label, method, lastUsedAt, current }) => {
          const name = label === '' ? i18n.t('options.sessions.unknown') : label;
          return (
            <li key={id} className={styles.entry}>
              <span className={styles.text}>
                {name} · {i18n.t(`options.sessions.by.${method}`)} ·{' '}
                {current ? i18n.t('options.sessions.here') : <Ago at={lastUsedAt} />}
              </span>
              {!current && (
                <Button
                  small
                  aria-label={i18n.t('options.sessions.endOf', { name })}
                  onClick={() => void end(id)}
                >
                  {i18n.t('options.sessions.end')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
