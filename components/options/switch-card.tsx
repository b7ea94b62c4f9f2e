import { useId } from 'react';
import { i18n } from '../ui/i18n.ts';
import { Card } from '../ui/card.tsx';
import { useAnnounce } from '../ui/live-region.tsx';
import styles from './switch-card.module.css';

interface Props {
  title: string;
  text: string;
  label: string;
  hint: string;
  on: boolean;
  onChange: (on: boolean) => Promise<unknown>;
}

/** One thing that is either done or not. */
export function SwitchCard({ title, text, label, hint, on, onChange }: Props) {
  const announce = useAnnounce();
  const hintId = useId();
  return (
    <Card title={title} text={text}>
      <div>
        <label className={styles.choice}>
          <input
            type="checkbox"
            className={styles.box}
            checked={on}
            aria-describedby={hintId}
            onChange={({ target }) =>
              void onChange(target.checked).catch(() => announce(i18n.t('options.notSaved')))
            }
          />
          {label}
        </label>
        <p id={hintId} className={styles.hint}>
          {hint}
        </p>
      </div>
    </Card>
  );
}
