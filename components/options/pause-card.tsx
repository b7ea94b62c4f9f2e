import { i18n } from '../ui/i18n.ts';
import { Card } from '../ui/card.tsx';
import { format } from '../ui/language.ts';
import { PauseButton } from '../ui/pause-button.tsx';
import styles from './pause-card.module.css';

interface Props {
  pausedUntil: string | null;
  onChange: (pausedUntil: string | null) => Promise<unknown>;
}

/** Has Tandem keep still everywhere for a while. */
export function PauseCard({ pausedUntil, onChange }: Props) {
  return (
    <Card anchor="pause" title={i18n.t('options.pause.title')} text={i18n.t('options.pause.text')}>
      <div className={styles.row}>
        <p>
          {pausedUntil === null
            ? i18n.t('options.pause.running')
            : i18n.t('popup.state.paused', { time: format().time(pausedUntil) })}
        </p>
        <PauseButton pausedUntil={pausedUntil} onChange={onChange} />
      </div>
    </Card>
  );
}
