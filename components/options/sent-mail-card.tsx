import { useId } from 'react';
import { i18n } from '#i18n';
import { Card } from '../ui/card.tsx';
import { useAnnounce } from '../ui/live-region.tsx';
import styles from './sent-mail-card.module.css';

interface Props {
  noticed: boolean;
  onChange: (noticed: boolean) => Promise<unknown>;
}

/** Whether a mail that was sent to a lead stops its clock by itself. */
export function SentMailCard({ noticed, onChange }: Props) {
  const announce = useAnnounce();
  const hintId = useId();
  return (
    <Card title={i18n.t('options.sentMail.title')} text={i18n.t('options.sentMail.text')}>
      <div>
        <label className={styles.choice}>
          <input
            type="checkbox"
            className={styles.box}
            checked={noticed}
            aria-describedby={hintId}
            onChange={({ target }) =>
              void onChange(target.checked).catch(() => announce(i18n.t('options.sentMail.failed')))
            }
          />
          {i18n.t('options.sentMail.notice')}
        </label>
        <p id={hintId} className={styles.hint}>
          {i18n.t('options.sentMail.hint')}
        </p>
      </div>
    </Card>
  );
}
